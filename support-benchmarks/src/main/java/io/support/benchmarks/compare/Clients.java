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

import io.support.benchmarks.load.LoadPlan;

/**
 * How clients connect.
 *
 * @param keptAlive how many connections are used again and again; 0 if every request has
 * one of its own
 */
record Clients(int keptAlive) {

	static final Clients NEW_CONNECTIONS = new Clients(0);

	/**
	 * Reads ways to connect.
	 * @param numbers of connections that are kept alive, with commas between them
	 * @return the ways in this order
	 */
	static List<Clients> listed(String numbers) {
		return Arrays.stream(numbers.split(",")).map((number) -> new Clients(Integer.parseInt(number.trim()))).toList();
	}

	String label() {
		return (this.keptAlive > 0) ? this.keptAlive + " kept alive" : "new";
	}

	LoadPlan applyTo(LoadPlan plan) {
		return (this.keptAlive > 0) ? plan.keptAlive(this.keptAlive) : plan;
	}

	/**
	 * Applies the way to connect to a closed loop, whose number of connections is the
	 * number of requests under way.
	 * @param plan a closed-loop plan
	 * @return the plan with or without kept-alive connections
	 */
	LoadPlan applyToClosed(LoadPlan plan) {
		return (this.keptAlive > 0) ? plan.keptAlive(plan.connections()) : plan;
	}

}
