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

package io.support.benchmarks.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.compare.Jdk;
import io.support.benchmarks.compare.Site;

/**
 * What clients make of peers that fail: one table for every fault and every contender.
 * <p>
 * The peers are in a process on one processor, every contender is in a process on
 * another, and only one contender calls at a time. The application of a contender is
 * started afresh for each fault: what it finds out about the peers it finds out while
 * that counts.
 */
public final class FaultComparison implements AutoCloseable {

	private static final String NAME = "faults";

	private static final Set<String> OPTIONS = Set.of("faults", "contenders", "calls", "concurrency", "pause",
			"seconds", "repeats", "warm-up", "server-core", "load-core", "java-home", "out");

	private static final int PICKS = 1_000_000;

	private static final int WARMING_CALLS = 1_000_000;

	/**
	 * One out of so many calls comes before a slice.
	 */
	private static final int LEAD_IN = 10;

	private final List<Fault> faults;

	private final List<FaultContender> contenders;

	private final int calls;

	private final int concurrency;

	private final Pause pause;

	private final double seconds;

	private final int repeats;

	private final double warmUp;

	private final Site site;

	private final FaultReport report = new FaultReport();

	private final WorkerProcess peers;

	private final Map<FaultContender, WorkerProcess> clients = new HashMap<>();

	private final PrintStream progress = System.err;

	private FaultComparison(CommandLine options) throws IOException {
		this.faults = Faults.listed(options.text("faults", ""));
		this.contenders = FaultContender.listed(options.text("contenders", FaultContender.ALL));
		this.calls = options.integer("calls", 4000);
		this.concurrency = options.integer("concurrency", 32);
		this.pause = Pause.about(Duration.ofNanos(Math.round(options.number("pause", 10) * 1e6)));
		this.seconds = options.number("seconds", 5);
		this.repeats = options.integer("repeats", 1);
		this.warmUp = options.number("warm-up", 30);
		this.site = Site.of(options.text("out", ""), NAME);
		Jdk jdk = Jdk.at(options.text("java-home", ""));
		this.peers = start("peers", jdk, PeerProcess.class, System.getProperty("java.class.path"));
		try {
			for (FaultContender contender : this.contenders) {
				this.clients.put(contender, start(this.clients.size() + 1 + "-" + contender.client(), jdk,
						ClientProcess.class, contender.classPath(this.site)));
				warm(contender);
				client(contender).pin(options.integer("load-core", 1));
			}
			this.peers.pin(options.integer("server-core", 0));
		}
		catch (IOException | RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private WorkerProcess start(String name, Jdk jdk, Class<?> main, String classPath) throws IOException {
		return WorkerProcess.start(name, jdk, List.of("-Xms512m", "-Xmx512m", "-cp", classPath), main,
				this.site.logs());
	}

	private WorkerProcess client(FaultContender contender) {
		return Objects.requireNonNull(this.clients.get(contender));
	}

	/**
	 * Runs the comparison, prints the tables and writes the single measurements beside
	 * them.
	 * @param arguments the options, see {@code docs/benchmarks.md}
	 * @throws IOException if a process cannot be started, or ends early
	 */
	public static void main(String... arguments) throws IOException {
		CommandLine options = CommandLine.of(OPTIONS, arguments);
		try (FaultComparison comparison = new FaultComparison(options)) {
			comparison.run();
		}
	}

	/*
	 * What is loaded and compiled by then is not what is measured. Errors are not warmed
	 * up: where they are rare, they are so in the figures too.
	 */
	private void warm(FaultContender contender) throws IOException {
		say("warming %s up", contender.name());
		Fault healthy = Faults.named(Faults.HEALTHY);
		try (FaultSession session = FaultSession.open(healthy, WARMING_CALLS, contender, this.peers,
				client(contender))) {
			for (Traffic traffic : List.of(Traffic.GET, Traffic.POST)) {
				session.call(new CallPlan(traffic.post(), 0, WARMING_CALLS, this.concurrency, this.warmUp / 2,
						Pause.NONE, 1));
			}
		}
	}

	private void run() throws IOException {
		int slices = this.faults.stream().mapToInt(Fault::slices).sum() * this.contenders.size() * this.repeats;
		say("this takes at most %.0f min", Math.ceil(slices * (this.seconds + 2) / 60));
		for (int repeat = 1; repeat <= this.repeats; repeat++) {
			for (Fault fault : this.faults) {
				for (List<FaultContender> together : together(fault, repeat)) {
					measure(fault, together, repeat);
				}
			}
		}
		publish();
	}

	/*
	 * Who is measured in slices is there together with all others. Every second repeat is
	 * the other way round, so that a machine that gets slower does not always harm the
	 * same contender.
	 */
	private List<List<FaultContender>> together(Fault fault, int repeat) {
		List<FaultContender> order = new ArrayList<>(this.contenders);
		if (repeat % 2 == 0) {
			Collections.reverse(order);
		}
		return (fault.slices() > 1) ? List.of(order) : order.stream().map(List::of).toList();
	}

	private void measure(Fault fault, List<FaultContender> together, int repeat) throws IOException {
		CallPlan plan = plan(fault.traffic(), repeat);
		int all = this.calls * fault.slices();
		List<FaultSession> sessions = new ArrayList<>();
		try {
			for (FaultContender contender : together) {
				sessions.add(FaultSession.open(fault, all, contender, this.peers, client(contender)));
			}
			for (int slice = 1; slice <= fault.slices(); slice++) {
				for (FaultSession session : sessions) {
					if (fault.slices() > 1) {
						session.leadIn(plan.from(all, this.calls / LEAD_IN));
					}
					add(session.measure(plan, repeat, slice == fault.slices()));
				}
				Collections.reverse(sessions);
			}
		}
		finally {
			for (FaultSession session : sessions) {
				session.close();
			}
		}
	}

	private CallPlan plan(Traffic traffic, int repeat) {
		int callers = (traffic.callers() > 0) ? traffic.callers() : this.concurrency;
		return new CallPlan(traffic.post(), 0, this.calls, callers, this.seconds, traffic.pause().orElse(this.pause),
				repeat);
	}

	private void add(Cell cell) {
		this.report.add(cell);
		CallReport calls = cell.calls();
		say("%s, %s, repeat %d.%d: %d calls in %.1f s, %d failed %s, p99 %.1f ms, at the peers %s", cell.fault().name(),
				cell.contender().name(), cell.repeat(), cell.slice(), calls.calls(), calls.nanos() / 1e9,
				calls.failed(), FaultReport.errors(calls), cell.p99Millis(), cell.peers());
	}

	private void publish() throws IOException {
		String weights = String.format(Locale.ROOT,
				"Weights of 1 to 4 over %d picks: at most %.2f %% beside their share", PICKS,
				100 * WeightCheck.error(PICKS, new SplittableRandom(1)));
		String text = this.report.matrix() + "\n" + this.report.healthy() + "\n" + weights + "\n";
		Files.writeString(this.site.logs().resolve(NAME + ".md"), text);
		Files.writeString(this.site.logs().resolve(NAME + ".csv"), this.report.csv());
		System.out.println(text);
		say("written to %s", this.site.logs());
	}

	private void say(String format, Object... values) {
		this.progress.println(String.format(Locale.ROOT, format, values));
	}

	@Override
	public void close() {
		this.clients.values().forEach(WorkerProcess::close);
		this.peers.close();
	}

}
