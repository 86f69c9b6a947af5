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

package io.support.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import tools.jackson.databind.json.JsonMapper;

import io.support.benchmarks.CommandLine;

/**
 * The load generator as a process: for a person, one run from options; for a comparison,
 * one plan a line on the standard input and one report a line on the standard output,
 * both as JSON, until the input ends. Nothing else goes to the standard output.
 */
public final class LoadCommand {

	private static final Set<String> OPTIONS = Set.of("target", "rate", "seconds", "connections", "arrivals", "settle");

	private LoadCommand() {
	}

	/**
	 * Runs one plan made of options and prints its report.
	 * @param arguments the options
	 */
	public static void once(String... arguments) {
		CommandLine options = CommandLine.of(OPTIONS, arguments);
		LoadPlan plan = LoadPlan
			.open(URI.create(options.text("target", "http://127.0.0.1:8080/")), options.number("rate", 100),
					options.seconds("seconds", 10))
			.settle(options.seconds("settle", 0))
			.arrivals(Arrivals.valueOf(options.text("arrivals", "POISSON")));
		int connections = options.integer("connections", 0);
		LoadReport report = new LoadGenerator().run((connections > 0) ? plan.keptAlive(connections) : plan);
		System.out.println(JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(report));
	}

	/**
	 * Runs every plan that comes from the standard input.
	 * @throws IOException if the input cannot be read
	 */
	public static void serve() throws IOException {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		System.setOut(System.err);
		JsonMapper json = JsonMapper.builder().build();
		LoadGenerator generator = new LoadGenerator();
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			out.println(json.writeValueAsString(generator.run(json.readValue(line, LoadPlan.class))));
		}
	}

}
