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
import java.util.List;
import java.util.Optional;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.load.LoadReport;
import io.support.benchmarks.load.Wave;
import io.support.benchmarks.load.Window;

/**
 * How long a server suffers from a burst when it is over: a light load runs through, and
 * its p99 before the burst is compared with that of each short window after it.
 */
public final class RecoveryComparison {

	private static final String NAME = "recovery";

	private final Turns turns;

	private final Workload workload;

	private final Rig rig;

	private final double light;

	private final double heavy;

	private final Duration before;

	private final Duration burst;

	private final Duration after;

	private final Results results = new Results(Column.more("capacity/s", "%.0f"), Column.less("p99 before ms", "%.1f"),
			Column.less("recovered after s", "%.1f"), Column.more("light load served % during", "%.1f"),
			Column.less("light load not served % after", "%.2f"));

	private RecoveryComparison(CommandLine options, Rig rig) throws IOException {
		this.rig = rig;
		this.turns = Turns.of(rig, options, "stock,support", "0,500");
		this.light = options.number("light-level", 0.5);
		this.heavy = options.number("level", 10);
		this.before = options.seconds("before", 12);
		this.burst = options.seconds("seconds", 30);
		this.after = options.seconds("after", 20);
		this.workload = Workload.of(rig, options, Scenario.LOOP, this.before);
	}

	/**
	 * Runs the comparison, prints the table and writes the single measurements beside it.
	 * @param arguments the options, see {@code docs/benchmarks.md}
	 * @throws IOException if a process cannot be started, or ends early
	 */
	public static void main(String... arguments) throws IOException {
		CommandLine options = CommandLine.of(Rig.optionsWith(Workload.OPTIONS, "connections", "repeats", "seconds",
				"before", "after", "level", "light-level"), arguments);
		try (Rig rig = Rig.open(options, NAME)) {
			new RecoveryComparison(options, rig).run();
		}
	}

	private void run() throws IOException {
		Duration one = this.workload.start()
			.plus(this.workload.duration())
			.plus(this.before)
			.plus(this.burst)
			.plus(this.after);
		this.rig.sayHowLong(this.turns.times(one));
		this.turns.take(this::measure);
		this.rig.publish(NAME, this.results.toMarkdown(), this.results.toCsv());
	}

	private void measure(Contender contender, Clients clients, int repeat) throws IOException {
		try (ServerProcess server = this.workload.start(contender, clients)) {
			double capacity = this.workload.capacity(server, clients);
			double rate = this.light * capacity;
			LoadReport quiet = this.rig.run(this.workload.plan(server, clients, rate, this.before).seed(repeat));
			Wave wave = Wave.burst(this.heavy * capacity - rate, Duration.ZERO, this.burst);
			LoadReport report = this.rig
				.run(this.workload.plan(server, clients, rate, this.burst.plus(this.after)).seed(repeat).with(wave));
			int end = (int) this.burst.dividedBy(Window.LENGTH);
			List<Window> during = report.windows().subList(0, end);
			List<Window> afterwards = report.windows().subList(end, report.windows().size());
			double recovered = recovery(afterwards, quiet.ok().p99Nanos()).map((time) -> time.toMillis() / 1000.0)
				.orElse(Double.POSITIVE_INFINITY);
			this.results.add(contender, clients, repeat, capacity, Figures.millis(quiet.ok(), quiet.ok().p99Nanos()),
					recovered, served(during), 100 - served(afterwards));
			this.rig.say("%s, connections %s, repeat %d: p99 before %.1f ms, recovered after %.1f s, light load %s",
					contender.name(), clients.label(), repeat, quiet.ok().p99Nanos() / 1e6, recovered, report.counts());
		}
	}

	private static double served(List<Window> windows) {
		return Figures.percent(windows.stream().mapToInt((window) -> window.ok().count()).sum(),
				windows.stream().mapToInt(Window::count).sum());
	}

	/**
	 * Finds the first window in which every request was answered, and as fast as before
	 * give or take 20 %.
	 * @param windows the windows after the burst
	 * @param before the p99 before the burst in nanoseconds
	 * @return the time from the end of the burst to the end of the window; empty if there
	 * is none
	 */
	static Optional<Duration> recovery(List<Window> windows, long before) {
		for (int index = 0; index < windows.size(); index++) {
			Window window = windows.get(index);
			if (window.count() > 0 && window.ok().count() == window.count() && window.ok().p99Nanos() <= 1.2 * before) {
				return Optional.of(Window.LENGTH.multipliedBy(index + 1));
			}
		}
		return Optional.empty();
	}

}
