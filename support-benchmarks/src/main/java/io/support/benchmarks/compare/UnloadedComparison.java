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

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.load.LoadPlan;
import io.support.benchmarks.load.LoadReport;

/**
 * What a contender costs when nothing is wrong: throughput of a request that does nothing
 * in a closed loop, and its latency at half of the first contender's throughput in an
 * open one.
 * <p>
 * All contenders are there at the same time, and take turns every few seconds; who is not
 * measured is paused. What the machine does meanwhile it does to all of them.
 */
public final class UnloadedComparison {

	private static final String NAME = "unloaded";

	private static final String HELLO = "/hello";

	private static final int REQUESTS = 4;

	private static final double LATENCY_LEVEL = 0.5;

	private static final List<Clients> CLIENTS = List.of(Clients.NEW_CONNECTIONS, new Clients(50));

	private final List<Contender> contenders;

	private final int repeats;

	private final int slices;

	private final Duration slice;

	private final Duration warmUp;

	private final Rig rig;

	private final Map<Clients, Double> reference = new HashMap<>();

	private final List<Run> runs = new ArrayList<>();

	private UnloadedComparison(CommandLine options, Rig rig) {
		this.contenders = rig.admit(Contenders.of(options, "stock,support"), Scenario.LOOP);
		this.repeats = options.integer("repeats", 3);
		this.slices = options.integer("slices", 8);
		this.slice = options.seconds("seconds", 3);
		this.warmUp = options.seconds("warm-up", 10);
		this.rig = rig;
	}

	/**
	 * Runs the comparison, prints the table and writes the single measurements beside it.
	 * @param arguments the options, see {@code docs/benchmarks.md}
	 * @throws IOException if a process cannot be started, or ends early
	 */
	public static void main(String... arguments) throws IOException {
		CommandLine options = CommandLine.of(Rig.optionsWith("seconds", "slices", "repeats", "warm-up"), arguments);
		try (Rig rig = Rig.open(options, NAME)) {
			new UnloadedComparison(options, rig).run();
		}
	}

	private void run() throws IOException {
		Duration warming = Rig.START.plus(this.warmUp.multipliedBy(CLIENTS.size()));
		Duration measuring = this.slice.multipliedBy(2L * this.slices * CLIENTS.size());
		this.rig.sayHowLong(warming.plus(measuring).multipliedBy((long) this.repeats * this.contenders.size()));
		for (int repeat = 1; repeat <= this.repeats; repeat++) {
			List<ServerProcess> servers = new ArrayList<>();
			try {
				for (Contender contender : Contenders.inTurn(this.contenders, repeat)) {
					ServerProcess server = this.rig.start(contender, List.of(), this::warm);
					servers.add(server);
					server.jvm().pause();
				}
				measure(servers, repeat);
			}
			finally {
				servers.forEach(ServerProcess::close);
			}
		}
		this.rig.publish(NAME, table(), csv());
	}

	private void warm(ServerProcess server) throws IOException {
		for (Clients clients : CLIENTS) {
			this.rig.saturate(server, HELLO, REQUESTS, clients, this.warmUp);
		}
	}

	private void measure(List<ServerProcess> servers, int repeat) throws IOException {
		for (int slice = 1; slice <= this.slices; slice++) {
			for (ServerProcess server : servers) {
				server.jvm().resume();
				for (Clients clients : CLIENTS) {
					measure(server, clients, (repeat - 1) * this.slices + slice);
				}
				server.jvm().pause();
			}
			Collections.reverse(servers);
		}
	}

	private void measure(ServerProcess server, Clients clients, int number) throws IOException {
		LoadReport closed = this.rig.saturate(server, HELLO, REQUESTS, clients, this.slice);
		double rate = this.reference.computeIfAbsent(clients, (absent) -> LATENCY_LEVEL * closed.goodputPerSecond());
		LoadReport open = this.rig
			.run(clients.applyTo(LoadPlan.open(server.uri(HELLO), rate, this.slice).seed(number)));
		String contender = server.contender().name();
		this.runs.add(new Run(contender, clients, number, closed, open));
		this.rig.say("%s, connections %s, slice %d: %.0f/s, p99 %.2f ms at %.0f/s", contender, clients.label(), number,
				closed.goodputPerSecond(), open.ok().p99Nanos() / 1e6, rate);
	}

	private String table() {
		Table table = new Table("connections", "contender", "throughput/s", "to " + this.contenders.get(0).name(),
				"at rate/s", "p50 ms", "p99 ms");
		Map<List<Object>, List<Run>> groups = new LinkedHashMap<>();
		for (Run run : this.runs) {
			groups.computeIfAbsent(List.of(run.clients(), run.contender()), (absent) -> new ArrayList<>()).add(run);
		}
		for (Clients clients : CLIENTS) {
			for (Contender contender : this.contenders) {
				List<Run> repeats = groups.getOrDefault(List.of(clients, contender.name()), List.of());
				List<Run> first = groups.getOrDefault(List.of(clients, this.contenders.get(0).name()), List.of());
				Spread throughput = throughput(repeats);
				table.add(clients.label(), contender.name(), throughput.text("%.0f"),
						String.format(Locale.ROOT, "%.3f", throughput.median() / throughput(first).median()),
						Spread.of(repeats, (run) -> run.open().offeredPerSecond()).text("%.0f"),
						Spread.of(repeats, (run) -> run.open().ok().p50Nanos() / 1e6).text("%.2f"),
						Spread.of(repeats, (run) -> run.open().ok().p99Nanos() / 1e6).text("%.2f"));
			}
		}
		return table.toMarkdown();
	}

	private static Spread throughput(List<Run> runs) {
		return Spread.of(runs, (run) -> run.closed().goodputPerSecond());
	}

	private String csv() {
		Table table = new Table("contender", "connections", "slice", "throughput", "rate", "p50_ms", "p99_ms", "max_ms",
				"not_ok");
		for (Run run : this.runs) {
			LoadReport open = run.open();
			table.add(run.contender(), run.clients().label(), Integer.toString(run.slice()),
					number(run.closed().goodputPerSecond()), number(open.offeredPerSecond()),
					number(open.ok().p50Nanos() / 1e6), number(open.ok().p99Nanos() / 1e6),
					number(open.ok().maxNanos() / 1e6), Integer.toString(open.offered() - open.ok().count()));
		}
		return table.toCsv();
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.3f", value);
	}

	private record Run(String contender, Clients clients, int slice, LoadReport closed, LoadReport open) {

	}

}
