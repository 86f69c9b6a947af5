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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.load.LoadPlan;
import io.support.benchmarks.load.LoadReport;
import io.support.benchmarks.load.Percentiles;

/**
 * What it costs to refuse, and what is left of very many refusals. A few requests hold
 * all the places that there are, without using the processor; the others are refused, so
 * that nearly all the processor time of the server is that of refusals.
 */
public final class RefusalComparison {

	private static final String NAME = "refusals";

	private static final int PLACES = 10;

	private static final Duration HELD = Duration.ofSeconds(1);

	private static final String HOLD = "/wait?millis=" + HELD.toMillis();

	private static final Duration FLOOD = Duration.ofSeconds(20);

	private static final Duration IDLE = Duration.ofSeconds(3);

	private static final Duration BUSY = Duration.ofSeconds(8);

	/*
	 * More than wait for a place.
	 */
	private static final int CROWD = 2000;

	private static final int PATIENCE_SECONDS = 15;

	private static final double MEGABYTE = 1 << 20;

	private final Turns turns;

	private final Rig rig;

	private final int refusals;

	private final double rate;

	private final Duration warmUp;

	private final boolean close;

	private final Results results = new Results(Column.more("refused", "%.0f"), Column.more("refused %", "%.2f"),
			Column.less("cost us", "%.1f"), Column.more("refused/s when busy", "%.0f"),
			Column.less("cost us when busy", "%.1f"), Column.less("refused p50 ms", "%.2f"),
			Column.less("refused p99 ms", "%.2f"), Column.less("left in gauges", "%.0f"),
			Column.less("heap before MB", "%.1f"), Column.less("heap after MB", "%.1f"),
			Column.less("descriptors before", "%.0f"), Column.less("descriptors after", "%.0f"));

	private RefusalComparison(CommandLine options, Rig rig) {
		this.rig = rig;
		this.turns = Turns.of(rig, options, "support,max-connections,concurrency-limits", "0,500");
		this.refusals = options.integer("refusals", 1_000_000);
		this.rate = options.number("rate", 5000);
		this.warmUp = options.seconds("warm-up", 10);
		this.close = Boolean.parseBoolean(options.text("close-refused", "false"));
	}

	/**
	 * Runs the comparison, prints the table and writes the single measurements beside it.
	 * @param arguments the options, see {@code docs/benchmarks.md}
	 * @throws IOException if a process cannot be started, or ends early
	 */
	public static void main(String... arguments) throws IOException {
		CommandLine options = CommandLine
			.of(Rig.optionsWith("connections", "repeats", "refusals", "rate", "warm-up", "close-refused"), arguments);
		try (Rig rig = Rig.open(options, NAME)) {
			new RefusalComparison(options, rig).run();
		}
	}

	private void run() throws IOException {
		Duration flood = Duration.ofSeconds(Math.round(this.refusals / this.rate));
		this.rig.sayHowLong(
				this.turns.times(Rig.START.plus(this.warmUp).plus(flood).plus(IDLE).plus(BUSY).plusSeconds(10)));
		this.turns.take(this::measure);
		this.rig.publish(NAME, this.results.toMarkdown(), this.results.toCsv());
	}

	private List<String> fewPlaces(Clients clients) {
		List<String> arguments = new ArrayList<>(
				List.of("--management.server.port=0", "--management.endpoints.web.exposure.include=prometheus",
						"--support.admission.close-refused=" + this.close));
		if (clients.keptAlive() > 0) {
			arguments.add("--support.admission.limit.initial=" + PLACES);
			arguments.add("--support.admission.limit.max=" + PLACES);
		}
		else {
			arguments.add("--support.acceptor.max-connections=" + PLACES);
		}
		return arguments;
	}

	private void measure(Contender contender, Clients clients, int repeat) throws IOException {
		try (ServerProcess server = this.rig.start(contender.withPlaces(PLACES), fewPlaces(clients),
				(cold) -> flood(cold, clients, this.warmUp, repeat))) {
			Remains before = remains(server);
			double idle = idleShare(server.figures());
			Flood flood = flood(server, clients, repeat);
			Flood crowd = crowd(server, clients);
			Remains after = remains(server);
			Percentiles refused = flood.last().refused();
			double cost = (flood.cpu().toNanos() - idle * flood.wall().toNanos()) / 1000 / flood.refused();
			this.results.add(contender, clients, repeat, flood.refused(),
					Figures.percent(flood.refused(), flood.sent()), cost,
					crowd.refused() / (crowd.wall().toNanos() / 1e9), crowd.cpu().toNanos() / 1e3 / crowd.refused(),
					Figures.millis(refused, refused.p50Nanos()), Figures.millis(refused, refused.p99Nanos()),
					after.inGauges(), before.heap(), after.heap(), before.descriptors(), after.descriptors());
			this.rig.say("%s, connections %s, repeat %d: %d of %d refused, %.1f us each, at last %s", contender.name(),
					clients.label(), repeat, flood.refused(), flood.sent(), cost, flood.last().counts());
		}
	}

	private Flood flood(ServerProcess server, Clients clients, int repeat) throws IOException {
		Duration before = server.figures().cpu();
		Duration wall = Duration.ZERO;
		int sent = 0;
		int refused = 0;
		while (true) {
			long missing = Math.round(1000 * (this.refusals - refused) / this.rate);
			Duration length = Duration.ofMillis(Math.max(1000, Math.min(FLOOD.toMillis(), missing)));
			LoadReport report = flood(server, clients, length, repeat);
			wall = wall.plus(length);
			sent += report.offered();
			refused += report.refusals();
			if (report.refusals() < report.offered() / 2) {
				throw new IOException("Nearly all requests must be refused, were: " + report.counts());
			}
			if (refused >= this.refusals) {
				return new Flood(report, sent, refused, wall, server.figures().cpu().minus(before));
			}
		}
	}

	private LoadReport flood(ServerProcess server, Clients clients, Duration length, int repeat) throws IOException {
		return this.rig.run(clients.applyTo(LoadPlan.open(server.uri(HOLD), this.rate, length).seed(repeat))
			.patience(FLOOD, FLOOD));
	}

	/*
	 * In a closed loop: the server refuses as fast as it can.
	 */
	private Flood crowd(ServerProcess server, Clients clients) throws IOException {
		int requests = (clients.keptAlive() > 0) ? clients.keptAlive() : CROWD;
		Duration before = server.figures().cpu();
		LoadReport report = this.rig.run(clients.applyToClosed(LoadPlan.closed(server.uri(HOLD), requests, BUSY)));
		return new Flood(report, report.offered(), report.refusals(), BUSY, server.figures().cpu().minus(before));
	}

	private static double idleShare(ProcessFigures process) throws IOException {
		Duration before = process.cpu();
		pause(IDLE.toMillis());
		return (double) process.cpu().minus(before).toNanos() / IDLE.toNanos();
	}

	/*
	 * Requests that hold a place, and connections that clients have closed, are noticed a
	 * while after the last client has gone.
	 */
	private static Remains remains(ServerProcess server) throws IOException {
		pause(HELD.plusSeconds(1).toMillis());
		Map<String, Double> gauges = Gauges.of(server);
		for (int waited = 0; waited < PATIENCE_SECONDS && sum(gauges) > 0; waited++) {
			pause(1000);
			gauges = Gauges.of(server);
		}
		double heap = heap(server);
		pause(1000);
		return new Remains(gauges.isEmpty() ? Double.NaN : sum(gauges), heap, server.figures().descriptors());
	}

	/*
	 * A server may go on refusing for a while, or for ever.
	 */
	private static double heap(ServerProcess server) throws IOException {
		for (int waited = 0; waited < PATIENCE_SECONDS; waited++) {
			try {
				return Long.parseLong(Gauges.get(server.uri("/heap"))) / MEGABYTE;
			}
			catch (IOException ex) {
				pause(1000);
			}
		}
		return Double.POSITIVE_INFINITY;
	}

	private static double sum(Map<String, Double> gauges) {
		return gauges.values().stream().mapToDouble(Double::doubleValue).sum();
	}

	private static void pause(long millis) throws IOException {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while measuring", ex);
		}
	}

	/**
	 * What many refusals have come to.
	 *
	 * @param last the report of the last part
	 * @param sent how many requests there were
	 * @param refused how many of them were refused
	 * @param wall how long it took
	 * @param cpu the processor time of the server
	 */
	private record Flood(LoadReport last, int sent, int refused, Duration wall, Duration cpu) {

	}

	/**
	 * What a server has when its clients have gone.
	 *
	 * @param inGauges the sum of its gauges; not a number if it has none
	 * @param heap the heap in use after a collection, in MB; infinite if the server does
	 * not answer any more
	 * @param descriptors how many are open
	 */
	private record Remains(double inGauges, double heap, int descriptors) {

	}

}
