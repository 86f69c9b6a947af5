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

/**
 * What clients make of peers that fail: every fault is a handful of peers in a process of
 * their own, every contender an application in another, and what is counted is counted
 * twice, by who calls and by who is called.
 */
@NullMarked
package io.support.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
