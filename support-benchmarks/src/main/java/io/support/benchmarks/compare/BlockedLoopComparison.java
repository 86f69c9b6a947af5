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

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.load.LoadPlan;
import io.support.benchmarks.load.LoadReport;
import io.support.benchmarks.load.Outcome;
import io.support.benchmarks.load.Wave;

/**
 * What new connections notice of one event loop that is blocked while the others are not.
 * The server has four loops: Reactor Netty never takes fewer. Which of them is blocked is
 * chance, and it matters where one of them accepts as well: so repeat this.
 */
public final class BlockedLoopComparison {

	private static final String NAME = "blocked-loop";

	private static final String HELLO = "/hello";

	private static final Duration BEFORE = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Turns turns;

	private final Rig rig;

	private final double rate;

	private final Duration block;

	private final Duration warmUp;

	private final Results results = new Results(Column.less("waited p50 ms", "%.2f"),
			Column.less("waited p99 ms", "%.1f"), Column.less("waited max ms", "%.1f"),
			Column.less("not served %", "%.2f"));

	private BlockedLoopComparison(CommandLine options, Rig rig) {
		this.rig = rig;
		this.turns = Turns.of(rig, options, "stock,support,max-connections", "0");
		this.rate = options.number("rate", 200);
		this.block = options.seconds("seconds", 2);
		this.warmUp = options.seconds("warm-up", 3);
	}

	/**
	 * Runs the comparison, prints the table and writes the single measurements beside it.
	 * @param arguments the options, see {@code docs/benchmarks.md}
	 * @throws IOException if a process cannot be started, or ends early
	 */
	public static void main(String... arguments) throws IOException {
		CommandLine options = CommandLine.of(Rig.optionsWith("connections", "repeats", "seconds", "rate", "warm-up"),
				arguments);
		try (Rig rig = Rig.open(options, NAME)) {
			new BlockedLoopComparison(options, rig).run();
		}
	}

	private void run() throws IOException {
		Duration one = Rig.START.plus(this.warmUp).plus(BEFORE).plus(this.block).plus(this.block);
		this.rig.sayHowLong(this.turns.times(one));
		this.turns.take(this::measure);
		this.rig.publish(NAME, this.results.toMarkdown(), this.results.toCsv());
	}

	private void measure(Contender contender, Clients clients, int repeat) throws IOException {
		try (ServerProcess server = this.rig.start(contender, List.of(),
				(cold) -> this.rig.run(clients.applyTo(LoadPlan.open(cold.uri(HELLO), this.rate, this.warmUp))))) {
			Wave blocking = Wave.single("/block?millis=" + this.block.toMillis(), BEFORE);
			LoadReport report = this.rig
				.run(clients.applyTo(LoadPlan.open(server.uri(HELLO), this.rate, this.block).seed(repeat))
					.settle(BEFORE)
					.patience(PATIENCE, PATIENCE)
					.with(blocking));
			if (report.requireWave().count(Outcome.OK) != 1) {
				throw new IOException("The request that blocks a loop was not served: " + report.requireWave());
			}
			this.results.add(contender, clients, repeat, Figures.millis(report.ok(), report.ok().p50Nanos()),
					Figures.millis(report.ok(), report.ok().p99Nanos()),
					Figures.millis(report.ok(), report.ok().maxNanos()), 100 - Figures.served(report));
			this.rig.say("%s, connections %s, repeat %d: at most %.1f ms, %s", contender.name(), clients.label(),
					repeat, report.ok().maxNanos() / 1e6, report.counts());
		}
	}

}
