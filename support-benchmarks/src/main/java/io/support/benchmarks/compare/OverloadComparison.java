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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.load.LoadPlan;
import io.support.benchmarks.load.LoadReport;

/**
 * Goodput at and beyond capacity: how many requests are answered while a client still
 * waits for them, and when the others are told.
 * <p>
 * The first contender's closed-loop throughput is the capacity of all, so that all of
 * them get the same load.
 */
public final class OverloadComparison {

	private static final String NAME = "overload";

	private static final String WORK = "/work";

	private final Settings settings;

	private final Rig rig;

	private final OverloadReport report = new OverloadReport();

	private OverloadComparison(Settings settings, Rig rig) {
		this.settings = settings;
		this.rig = rig;
	}

	/**
	 * Runs the comparison, prints the table and writes the single measurements beside it.
	 * @param arguments the options, see {@code docs/benchmarks.md}
	 * @throws IOException if a process cannot be started, or ends early
	 */
	public static void main(String... arguments) throws IOException {
		CommandLine options = CommandLine.of(Rig.optionsWith("contenders", "levels", "seconds", "repeats",
				"connections", "settle", "work-millis", "rounds", "warm-up", "recovery"), arguments);
		Settings settings = Settings.of(options);
		try (Rig rig = Rig.open(options, NAME)) {
			new OverloadComparison(settings, rig).run();
		}
	}

	private void run() throws IOException {
		long rounds = (this.settings.rounds() > 0) ? this.settings.rounds() : this.rig.calibrate(this.settings.work());
		Map<Clients, Double> capacities = capacities(rounds);
		for (int repeat = 1; repeat <= this.settings.repeats(); repeat++) {
			for (Entry<Clients, Double> capacity : capacities.entrySet()) {
				for (Contender contender : Contenders.inTurn(this.settings.contenders(), repeat)) {
					measure(contender, capacity.getKey(), capacity.getValue(), repeat, rounds);
				}
			}
		}
		this.rig.publish(NAME, this.report.toMarkdown(), this.report.toCsv());
	}

	private Map<Clients, Double> capacities(long rounds) throws IOException {
		Map<Clients, Double> capacities = new LinkedHashMap<>();
		for (Contender contender : this.settings.contenders()) {
			try (ServerProcess server = start(contender, rounds)) {
				for (Clients clients : this.settings.clients()) {
					LoadReport closed = this.rig.saturate(server, WORK, clients, this.settings.duration());
					capacities.putIfAbsent(clients, closed.goodputPerSecond());
					this.rig.say("capacity of %s, connections %s: %.1f/s", contender.name(), clients.label(),
							closed.goodputPerSecond());
				}
			}
		}
		return capacities;
	}

	private void measure(Contender contender, Clients clients, double capacity, int repeat, long rounds)
			throws IOException {
		ServerProcess server = start(contender, rounds);
		try {
			for (double level : this.settings.levels()) {
				LoadPlan plan = LoadPlan.open(server.uri(WORK), level * capacity, this.settings.duration())
					.settle(this.settings.settle())
					.seed(repeat);
				LoadReport result = this.rig.run(clients.applyTo(plan));
				Optional<Duration> recovery = this.rig.recovery(server, this.settings.recovery());
				this.report.add(new Measurement(contender.name(), clients, level, capacity, repeat, result, recovery));
				this.rig.say("%s, connections %s, %.1fx, repeat %d: goodput/capacity %.2f, %s", contender.name(),
						clients.label(), level, repeat, result.goodputPerSecond() / capacity, result.counts());
				if (recovery.isEmpty()) {
					server.close();
					server = start(contender, rounds);
				}
			}
		}
		finally {
			server.close();
		}
	}

	private ServerProcess start(Contender contender, long rounds) throws IOException {
		ServerProcess server = this.rig.start(contender, rounds);
		for (Clients clients : this.settings.clients()) {
			this.rig.saturate(server, WORK, clients, this.settings.warmUp());
		}
		return server;
	}

	/**
	 * What is compared and for how long.
	 *
	 * @param contenders the first one's capacity is 1
	 * @param levels multiples of the capacity
	 * @param clients the ways to connect
	 * @param settle how long a level lasts before it is counted
	 * @param duration how long it is counted
	 * @param repeats how often all of it is done
	 * @param work processor time of one request
	 * @param rounds of work; 0 to calibrate them
	 * @param warmUp how long a new server is used before it is measured, for each way to
	 * connect
	 * @param recovery how long a server may take to answer quickly again before it is
	 * replaced
	 */
	record Settings(List<Contender> contenders, List<Double> levels, List<Clients> clients, Duration settle,
			Duration duration, int repeats, Duration work, long rounds, Duration warmUp, Duration recovery) {

		static Settings of(CommandLine options) {
			List<Double> levels = Arrays.stream(options.text("levels", "1,2,5,10").split(","))
				.map(Double::valueOf)
				.toList();
			List<Clients> clients = Arrays.stream(options.text("connections", "0,500").split(","))
				.map((number) -> new Clients(Integer.parseInt(number.trim())))
				.toList();
			return new Settings(Contenders.named(options.text("contenders", "stock,support")), levels, clients,
					options.seconds("settle", 2), options.seconds("seconds", 12), options.integer("repeats", 1),
					Duration.ofNanos(Math.round(options.number("work-millis", 5) * 1e6)),
					(long) options.number("rounds", 0), options.seconds("warm-up", 3), options.seconds("recovery", 20));
		}

	}

}
