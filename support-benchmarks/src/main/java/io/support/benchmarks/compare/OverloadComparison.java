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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Collectors;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.load.LoadReport;

/**
 * Goodput at and beyond capacity: how many requests are answered while a client still
 * waits for them, and when the others are told.
 * <p>
 * The closed-loop throughput of one of them, the first unless another is named, is the
 * capacity of all, so that all of them get the same load. It is measured again right
 * before and right after each level, on a server that does nothing else, while the one
 * being compared is paused: a machine that gets slower does not make anybody look worse.
 */
public final class OverloadComparison {

	private static final String NAME = "overload";

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
		CommandLine options = CommandLine.of(Rig.optionsWith(Workload.OPTIONS, "scenarios", "levels", "seconds",
				"repeats", "connections", "settle", "recovery", "reference"), arguments);
		Settings settings = Settings.of(options);
		try (Rig rig = Rig.open(options, settings.name())) {
			Workload workload = Workload.of(rig, options, Scenario.LOOP, settings.duration());
			new OverloadComparison(settings, rig).run(workload);
		}
	}

	private void run(Workload workload) throws IOException {
		Map<Scenario, List<Contender>> fields = new LinkedHashMap<>();
		for (Scenario scenario : this.settings.scenarios()) {
			fields.put(scenario, this.rig.admit(this.settings.contenders(), scenario));
		}
		this.rig.sayHowLong(howLong(fields, workload));
		for (int repeat = 1; repeat <= this.settings.repeats(); repeat++) {
			for (Entry<Scenario, List<Contender>> field : fields.entrySet()) {
				if (!field.getValue().isEmpty()) {
					compare(workload.with(field.getKey()), field.getValue(), repeat);
				}
			}
		}
		this.rig.publish(this.settings.name(), this.report.toMarkdown(), this.report.toCsv());
	}

	private Duration howLong(Map<Scenario, List<Contender>> fields, Workload workload) {
		long contenders = fields.values().stream().mapToInt(List::size).sum();
		Duration level = this.settings.settle().plus(this.settings.duration()).plusSeconds(2).plus(workload.duration());
		Duration one = workload.start()
			.plus(workload.duration().multipliedBy(2))
			.plus(level.multipliedBy(this.settings.levels().size()));
		return one.multipliedBy(this.settings.repeats() * contenders * this.settings.clients().size());
	}

	private void compare(Workload workload, List<Contender> contenders, int repeat) throws IOException {
		try (ServerProcess reference = workload.start(this.settings.reference(), this.settings.clients())) {
			for (Clients clients : this.settings.clients()) {
				for (Contender contender : Contenders.inTurn(contenders, repeat)) {
					measure(workload, reference, contender, clients, repeat);
				}
			}
		}
	}

	private void measure(Workload workload, ServerProcess reference, Contender contender, Clients clients, int repeat)
			throws IOException {
		double before = workload.capacity(reference, clients);
		reference.jvm().pause();
		ServerProcess server = workload.start(contender, clients);
		try {
			double own = workload.capacity(server, clients);
			for (Iterator<Double> multiples = this.settings.levels().iterator(); multiples.hasNext();) {
				double multiple = multiples.next();
				Level level = measure(workload, server, clients, multiple, before, repeat);
				this.rig.say("%s, %s, connections %s, %.1fx of %.0f/s, repeat %d: goodput %.0f/s, %s",
						workload.scenario().label(), contender.name(), clients.label(), multiple, before, repeat,
						level.report().goodputPerSecond(), level.report().counts());
				double after = capacityMeanwhile(workload, reference, server, clients);
				this.report.add(new Measurement(workload.scenario(), contender.name(), clients, level.multiple(),
						(before + after) / 2, own, repeat, level.report(), level.recovery()));
				before = after;
				if (level.recovery().isEmpty() && multiples.hasNext()) {
					server.close();
					server = workload.start(contender, clients);
				}
			}
		}
		finally {
			server.close();
			reference.jvm().resume();
		}
	}

	private double capacityMeanwhile(Workload workload, ServerProcess reference, ServerProcess server, Clients clients)
			throws IOException {
		server.jvm().pause();
		reference.jvm().resume();
		double capacity = workload.capacity(reference, clients);
		reference.jvm().pause();
		server.jvm().resume();
		return capacity;
	}

	private Level measure(Workload workload, ServerProcess server, Clients clients, double multiple, double capacity,
			int repeat) throws IOException {
		LoadReport report = this.rig.run(workload.plan(server, clients, multiple * capacity, this.settings.duration())
			.settle(this.settings.settle())
			.seed(repeat));
		String probe = workload.scenario().probe(server.contender());
		return new Level(multiple, report, this.rig.recovery(server, probe, this.settings.recovery()));
	}

	private record Level(double multiple, LoadReport report, Optional<Duration> recovery) {

	}

	/**
	 * What is compared and for how long.
	 *
	 * @param contenders who takes part
	 * @param reference whose capacity is 1
	 * @param scenarios where the work is done
	 * @param levels multiples of the capacity
	 * @param clients the ways to connect
	 * @param settle how long a level lasts before it is counted
	 * @param duration how long it is counted
	 * @param repeats how often all of it is done
	 * @param recovery how long a server may take to answer quickly again before it is
	 * replaced
	 */
	record Settings(List<Contender> contenders, Contender reference, List<Scenario> scenarios, List<Double> levels,
			List<Clients> clients, Duration settle, Duration duration, int repeats, Duration recovery) {

		/**
		 * Returns a name that keeps measurements of different work apart.
		 * @return such as {@code overload-cpu-io}
		 */
		String name() {
			return NAME + this.scenarios.stream()
				.filter((scenario) -> scenario != Scenario.LOOP)
				.map((scenario) -> "-" + scenario.label())
				.collect(Collectors.joining());
		}

		static Settings of(CommandLine options) {
			List<Double> levels = Arrays.stream(options.text("levels", "0.8,1,2,5,10").split(","))
				.map(Double::valueOf)
				.toList();
			List<Contender> contenders = Contenders.of(options, "stock,support");
			return new Settings(contenders, Contenders.reference(options, contenders),
					Scenario.named(options.text("scenarios", "loop")), levels,
					Clients.listed(options.text("connections", "0,500")), options.seconds("settle", 2),
					options.seconds("seconds", 12), options.integer("repeats", 1), options.seconds("recovery", 20));
		}

	}

}
