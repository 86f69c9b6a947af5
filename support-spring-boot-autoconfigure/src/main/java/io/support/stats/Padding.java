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

package io.support.stats;

/**
 * Keeps the fields of a subclass away from what lies before them in memory: an array that
 * every thread reads would be fetched again each time that one thread writes a field in
 * the same cache line. Two lines, since processors fetch them in pairs.
 */
@SuppressWarnings("unused")
abstract class Padding {

	private long a0;

	private long a1;

	private long a2;

	private long a3;

	private long a4;

	private long a5;

	private long a6;

	private long a7;

	private long b0;

	private long b1;

	private long b2;

	private long b3;

	private long b4;

	private long b5;

	private long b6;

	private long b7;

}
