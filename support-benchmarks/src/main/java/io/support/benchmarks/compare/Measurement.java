/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.support.benchmarks.compare;

import java.time.Duration;
import java.util.Optional;

import io.support.benchmarks.load.LoadReport;

/**
 * One contender at one level, once.
 *
 * @param scenario where the work was done
 * @param contender the contender's name
 * @param clients how clients connect
 * @param level the load as a multiple of the capacity
 * @param capacity requests per second that are 1: the first contender's, right before and
 * right after
 * @param own requests per second that this contender could do right before
 * @param repeat counted from 1
 * @param report what came of it
 * @param recovery how long after the load the server answered quickly again; empty if it
 * did not
 */
record Measurement(Scenario scenario, String contender, Clients clients, double level, double capacity, double own,
		int repeat, LoadReport report, Optional<Duration> recovery) {

}
