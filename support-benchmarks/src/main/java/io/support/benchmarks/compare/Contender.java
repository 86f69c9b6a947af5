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

import java.util.ArrayList;
import java.util.List;

import io.support.benchmarks.server.BenchmarkServer;

/**
 * One way to run {@link BenchmarkServer}.
 *
 * @param name short, in lower case, for tables and the command line
 * @param stack what it runs on
 * @param arguments what sets it apart: properties as Spring Boot takes them on the
 * command line
 */
record Contender(String name, Stack stack, List<String> arguments) {

	/**
	 * Returns this contender with another bound on what it serves at the same time.
	 * @param places the bound
	 * @return a contender of the same name
	 */
	Contender withPlaces(int places) {
		return new Contender(this.name, this.stack, this.arguments.stream()
			.map((argument) -> argument.replaceFirst("^(--benchmark\\.(limit|max-connections))=.*", "$1=" + places))
			.toList());
	}

	/**
	 * Returns this contender with properties of the application's.
	 * @param name what it is called then
	 * @param properties a name, an equals sign and a value each
	 * @return a contender of the same stack
	 */
	Contender with(String name, List<String> properties) {
		List<String> arguments = new ArrayList<>(this.arguments);
		properties.forEach((property) -> arguments.add("--" + property));
		return new Contender(name, this.stack, List.copyOf(arguments));
	}

	/**
	 * Returns whether a JDK is new enough.
	 * @param jdk the JDK
	 * @param scenario the work
	 * @return whether the contender can do the work on this JDK
	 */
	boolean runsOn(Jdk jdk, Scenario scenario) {
		return jdk.hasVirtualThreads() || (this.stack == Stack.WEBFLUX && scenario != Scenario.VIRTUAL);
	}

	/**
	 * What the application runs on.
	 */
	enum Stack {

		/**
		 * WebFlux on Reactor Netty.
		 */
		WEBFLUX,

		/**
		 * Spring MVC on Tomcat, every request on a virtual thread.
		 */
		SERVLET;

		List<String> arguments() {
			return (this == WEBFLUX) ? List.of("--spring.main.web-application-type=reactive")
					: List.of("--spring.main.web-application-type=servlet", "--spring.threads.virtual.enabled=true");
		}

	}

}
