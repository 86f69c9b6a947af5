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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.compare.Contender.Stack;

/**
 * The contenders by name. A further one is added here.
 */
final class Contenders {

	private static final String STOCK = "--support.enabled=false";

	private static final String SUPPORT = "--support.enabled=true";

	private static final String ELASTIC = "--benchmark.dispatch=elastic";

	/**
	 * Reactor Netty logs every connection that it refuses with a stack trace, which is
	 * not what is compared.
	 */
	private static final String QUIET = "--logging.level.reactor.netty.transport.ServerTransport=error";

	private Contenders() {
	}

	/**
	 * Returns the contenders that a command asks for.
	 * @param options the command's options
	 * @param fallback the names if it does not say, with commas between them
	 * @return the contenders in the order of the names
	 */
	static List<Contender> of(CommandLine options, String fallback) {
		return of("contenders", options, fallback);
	}

	private static List<Contender> of(String option, CommandLine options, String fallback) {
		List<Contender> all = all(options.integer("max-connections", 1000), options.text("limit", "vegas"));
		return Arrays.stream(options.text(option, fallback).split(",")).map((name) -> named(name.trim(), all)).toList();
	}

	/**
	 * Returns the contender whose capacity is 1.
	 * @param options the command's options
	 * @param contenders who takes part
	 * @return the one that the options name, otherwise the first that takes part
	 */
	static Contender reference(CommandLine options, List<Contender> contenders) {
		return of("reference", options, contenders.get(0).name()).get(0);
	}

	private static List<Contender> all(int maxConnections, String limit) {
		return List.of(new Contender("stock", Stack.WEBFLUX, List.of(STOCK, ELASTIC)),
				new Contender("support", Stack.WEBFLUX, List.of(SUPPORT)),
				new Contender("max-connections", Stack.WEBFLUX,
						List.of(STOCK, ELASTIC, QUIET, "--benchmark.max-connections=" + maxConnections)),
				new Contender("concurrency-limits", Stack.WEBFLUX,
						List.of(STOCK, ELASTIC, "--benchmark.limit=" + limit)),
				new Contender("tomcat-virtual", Stack.SERVLET, List.of(STOCK)),
				new Contender("support-virtual", Stack.SERVLET, List.of(SUPPORT)));
	}

	/*
	 * A name may be followed by properties: support:support.stats.enabled=false.
	 */
	private static Contender named(String text, List<Contender> all) {
		List<String> parts = List.of(text.split(":"));
		String name = parts.get(0);
		Contender plain = all.stream()
			.filter((contender) -> contender.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("A contender is one of "
					+ all.stream().map(Contender::name).toList() + ", if need be with :property=value, was: " + name));
		return (parts.size() > 1) ? plain.with(text, parts.subList(1, parts.size())) : plain;
	}

	/**
	 * Returns the order of one repeat: every second one is the other way round, so that a
	 * machine that gets slower does not always harm the same contender.
	 * @param contenders the contenders
	 * @param repeat counted from 1
	 * @return the contenders in the order of the repeat
	 */
	static List<Contender> inTurn(List<Contender> contenders, int repeat) {
		List<Contender> order = new ArrayList<>(contenders);
		if (repeat % 2 == 0) {
			Collections.reverse(order);
		}
		return order;
	}

}
