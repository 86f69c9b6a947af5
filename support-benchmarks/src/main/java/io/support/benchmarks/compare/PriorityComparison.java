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

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.load.LoadReport;
import io.support.benchmarks.load.Wave;

/**
 * What becomes of the requests that matter when there are many more that do not: some
 * critical ones, as their header says, among so many normal ones that only a part of them
 * all can be served.
 */
public final class PriorityComparison {

	private static final String NAME = "priority";

	private static final String HEADER = "X-Priority";

	private final Turns turns;

	private final Workload workload;

	private final Rig rig;

	private final double level;

	private final double criticalLevel;

	private final Duration settle;

	private final Duration duration;

	private final Results results = new Results(Column.more("capacity/s", "%.0f"),
			Column.more("critical served %", "%.2f"), Column.more("normal served %", "%.2f"),
			Column.more("goodput/capacity", "%.2f"), Column.less("critical refused %", "%.2f"),
			Column.less("critical p50 ms", "%.1f"), Column.less("critical p99 ms", "%.1f"));

	private PriorityComparison(CommandLine options, Rig rig) throws IOException {
		this.rig = rig;
		this.turns = Turns.of(rig, options, "stock,support", "0,500");
		this.level = options.number("level", 4);
		this.criticalLevel = options.number("critical-level", 0.2);
		this.settle = options.seconds("settle", 2);
		this.duration = options.seconds("seconds", 12);
		this.workload = Workload.of(rig, options, Scenario.LOOP, this.duration);
	}

	/**
	 * Runs the comparison, prints the table and writes the single measurements beside it.
	 * @param arguments the options, see {@code docs/benchmarks.md}
	 * @throws IOException if a process cannot be started, or ends early
	 */
	public static void main(String... arguments) throws IOException {
		CommandLine options = CommandLine.of(Rig.optionsWith(Workload.OPTIONS, "connections", "repeats", "seconds",
				"settle", "level", "critical-level"), arguments);
		try (Rig rig = Rig.open(options, NAME)) {
			new PriorityComparison(options, rig).run();
		}
	}

	private void run() throws IOException {
		Duration one = this.workload.start().plus(this.workload.duration()).plus(this.settle).plus(this.duration);
		this.rig.sayHowLong(this.turns.times(one));
		this.turns.take(this::measure);
		this.rig.publish(NAME, this.results.toMarkdown(), this.results.toCsv());
	}

	private void measure(Contender contender, Clients clients, int repeat) throws IOException {
		try (ServerProcess server = this.workload.start(contender, clients,
				"--support.admission.priority.header=" + HEADER)) {
			double capacity = this.workload.capacity(server, clients);
			Wave critical = Wave.marked(HEADER + ": critical", this.criticalLevel * capacity,
					this.settle.plus(this.duration));
			LoadReport normal = this.rig
				.run(this.workload.plan(server, clients, (this.level - this.criticalLevel) * capacity, this.duration)
					.settle(this.settle)
					.seed(repeat)
					.with(critical));
			LoadReport marked = normal.requireWave();
			this.results.add(contender, clients, repeat, capacity, Figures.served(marked), Figures.served(normal),
					(marked.goodputPerSecond() + normal.goodputPerSecond()) / capacity, Figures.refused(marked),
					Figures.millis(marked.ok(), marked.ok().p50Nanos()),
					Figures.millis(marked.ok(), marked.ok().p99Nanos()));
			this.rig.say("%s, connections %s, repeat %d: critical %s, normal %s", contender.name(), clients.label(),
					repeat, marked.counts(), normal.counts());
		}
	}

}
