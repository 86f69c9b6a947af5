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

package io.support.sample.notary;

/**
 * One notary as it is now.
 *
 * @param name its name
 * @param address where it listens while it runs
 * @param running whether it runs
 * @param cutShare the share of the requests that it cuts off without an answer
 * @param stamps how many stamps it has given
 * @param cuts how many requests it has cut off
 */
record NotaryState(String name, String address, boolean running, double cutShare, long stamps, long cuts) {
}
