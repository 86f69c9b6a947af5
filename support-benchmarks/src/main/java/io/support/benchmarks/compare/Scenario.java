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

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.support.benchmarks.compare.Contender.Stack;

/**
 * Where the work of a request is done.
 */
enum Scenario {

	/**
	 * Computation on the event loop.
	 */
	LOOP("/work", 4),

	/**
	 * Computation that has been taken away from the event loop.
	 */
	CPU("/work-cpu", 4),

	/**
	 * A wait of 50 ms that has been taken away from the event loop.
	 */
	IO("/work-io", 40),

	/**
	 * Computation in a plain controller method that runs on a virtual thread.
	 */
	VIRTUAL("/work-virtual", 4);

	private final String path;

	private final int closedConnections;

	Scenario(String path, int closedConnections) {
		this.path = path;
		this.closedConnections = closedConnections;
	}

	/**
	 * Returns scenarios.
	 * @param names their names, with commas between them
	 * @return the scenarios in this order
	 */
	static List<Scenario> named(String names) {
		return Arrays.stream(names.split(",")).map((name) -> one(name.trim())).toList();
	}

	private static Scenario one(String name) {
		return Arrays.stream(values())
			.filter((scenario) -> scenario.label().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("A scenario is one of "
					+ Arrays.stream(values()).map(Scenario::label).toList() + ", was: " + name));
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns what is asked for. A servlet container has no event loop: there the work is
	 * a plain method's.
	 * @param contender whose server is asked
	 * @return the path
	 */
	String path(Contender contender) {
		return (this == LOOP && contender.stack() == Stack.SERVLET) ? VIRTUAL.path : this.path;
	}

	/**
	 * Returns what tells whether a server is itself again: something that waits for
	 * whatever the work waits for, and costs as little as possible.
	 * @param contender whose server is asked
	 * @return the path
	 */
	String probe(Contender contender) {
		return (this == LOOP && contender.stack() == Stack.WEBFLUX) ? "/hello" : path(contender);
	}

	/**
	 * Returns how many requests under way keep a server busy: with 50 ms of waiting in
	 * each, more than there are threads to wait.
	 * @return the connections of a closed loop
	 */
	int closedConnections() {
		return this.closedConnections;
	}

	/**
	 * Returns what a server needs for the work.
	 * @param contender whose server it is
	 * @return properties that the contender does not have anyway
	 */
	List<String> arguments(Contender contender) {
		return (this == VIRTUAL && contender.stack() == Stack.WEBFLUX)
				? List.of("--spring.threads.virtual.enabled=true") : List.of();
	}

}
