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

import java.util.List;

import io.support.benchmarks.server.BenchmarkServer;

/**
 * One way to run the application that is measured.
 */
interface Contender {

	/**
	 * Returns the name in the tables and on the command line.
	 * @return a short name in lower case
	 */
	String name();

	/**
	 * Returns the class that is started. It answers {@code /work} and {@code /hello} and
	 * obeys the properties that {@link BenchmarkServer} obeys.
	 * @return a class with a main method
	 */
	default Class<?> application() {
		return BenchmarkServer.class;
	}

	/**
	 * Returns what sets this contender apart.
	 * @return properties as Spring Boot takes them on the command line
	 */
	List<String> arguments();

}
