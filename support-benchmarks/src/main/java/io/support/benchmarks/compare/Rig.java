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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.load.LoadPlan;
import io.support.benchmarks.load.LoadReport;
import io.support.benchmarks.load.Outcome;
import io.support.benchmarks.server.BenchmarkServer;

/**
 * Where comparisons take place: one processor for the server, another for the load, and a
 * directory for what they leave behind. At most one server is busy at a time.
 */
final class Rig implements AutoCloseable {

	private static final Set<String> OPTIONS = Set.of("server-core", "load-core", "java-home", "contenders",
			"max-connections", "limit", "out");

	/**
	 * About how long a server takes to start and to end.
	 */
	static final Duration START = Duration.ofSeconds(5);

	private static final Duration PROBE = Duration.ofMillis(500);

	private static final Duration QUICK = Duration.ofMillis(100);

	/*
	 * A process that was paused has to find its memory again.
	 */
	private static final Duration AWAKE = Duration.ofSeconds(1);

	private final LongSupplier clock;

	private final int serverCore;

	private final Jdk jdk;

	private final Site site;

	private final LoadProcess load;

	private final PrintStream progress = System.err;

	private Rig(int serverCore, int loadCore, Jdk jdk, Site site, LongSupplier clock) throws IOException {
		this.clock = clock;
		this.serverCore = serverCore;
		this.jdk = jdk;
		this.site = site;
		this.load = LoadProcess.start(loadCore, site.logs());
	}

	/**
	 * Sets the rig up.
	 * @param options the command's options
	 * @param comparison the name of the comparison
	 * @return the rig
	 * @throws IOException if the load generator's process cannot be started
	 */
	static Rig open(CommandLine options, String comparison) throws IOException {
		return new Rig(options.integer("server-core", 0), options.integer("load-core", 1),
				Jdk.at(options.text("java-home", "")), Site.of(options.text("out", ""), comparison), System::nanoTime);
	}

	/**
	 * Returns the options of a comparison, together with those of every rig.
	 * @param names the options of the comparison
	 * @return all names
	 */
	static Set<String> optionsWith(String... names) {
		return optionsWith(Set.of(), names);
	}

	/**
	 * Returns the options of a comparison, together with those of every rig and of
	 * something else.
	 * @param further more options
	 * @param names the options of the comparison
	 * @return all names
	 */
	static Set<String> optionsWith(Set<String> further, String... names) {
		Set<String> all = new HashSet<>(OPTIONS);
		all.addAll(further);
		Collections.addAll(all, names);
		return all;
	}

	/**
	 * Finds out how many rounds of work take a time on the server's processor.
	 * @param work the processor time of one request
	 * @return the rounds
	 * @throws IOException if the process fails
	 */
	long calibrate(Duration work) throws IOException {
		try (PinnedJvm jvm = PinnedJvm.start(this.serverCore, this.jdk, List.of(), BenchmarkServer.Calibration.class,
				List.of(Double.toString(work.toNanos() / 1e6)), Redirect.PIPE,
				this.site.logs().resolve("calibration.log")); BufferedReader out = jvm.process().inputReader()) {
			long rounds = Long.parseLong(Objects.requireNonNull(out.readLine(), "see calibration.log").trim());
			say("one request is %d rounds of work, %.1f ms of one processor", rounds, work.toNanos() / 1e6);
			return rounds;
		}
	}

	/**
	 * Leaves out who cannot take part, and says so.
	 * @param contenders who is asked for
	 * @param scenario the work
	 * @return who can do the work on the servers' JDK
	 */
	List<Contender> admit(List<Contender> contenders, Scenario scenario) {
		List<Contender> admitted = contenders.stream()
			.filter((contender) -> contender.runsOn(this.jdk, scenario))
			.toList();
		contenders.stream()
			.filter((contender) -> !admitted.contains(contender))
			.forEach(
					(contender) -> say(
							"%s is left out of %s: virtual threads need JDK 21, the servers' is %d;"
									+ " --java-home names another",
							contender.name(), scenario.label(), this.jdk.version()));
		return admitted;
	}

	/**
	 * Starts a server, has it warmed up on all processors, and leaves it the one for
	 * servers.
	 * @param contender what to start
	 * @param arguments further properties, the same for all contenders
	 * @param warming what makes it warm
	 * @return the server
	 * @throws IOException if it does not start, or the load generator fails
	 */
	ServerProcess start(Contender contender, List<String> arguments, Warming warming) throws IOException {
		ServerProcess server = ServerProcess.start(contender, this.jdk, arguments, this.site);
		try {
			warming.warm(server);
			server.jvm().pin(this.serverCore);
		}
		catch (IOException | RuntimeException ex) {
			server.close();
			throw ex;
		}
		return server;
	}

	LoadReport run(LoadPlan plan) throws IOException {
		return this.load.run(plan);
	}

	/**
	 * Runs a closed loop: what the server can do, after a second that does not count.
	 * @param server the server
	 * @param path what is asked for
	 * @param requests how many are under way at the same time
	 * @param clients how they connect
	 * @param duration how long
	 * @return what came of it
	 * @throws IOException if the load generator fails
	 */
	LoadReport saturate(ServerProcess server, String path, int requests, Clients clients, Duration duration)
			throws IOException {
		return run(clients.applyToClosed(LoadPlan.closed(server.uri(path), requests, duration).settle(AWAKE)));
	}

	/**
	 * Waits until the server answers quickly again.
	 * @param server the server
	 * @param path what it is asked for
	 * @param limit how long to wait at most
	 * @return after how long the first probe began that was answered quickly; empty if
	 * none was
	 * @throws IOException if the load generator fails
	 */
	Optional<Duration> recovery(ServerProcess server, String path, Duration limit) throws IOException {
		long begun = this.clock.getAsLong();
		Duration waited = Duration.ZERO;
		while (waited.compareTo(limit) <= 0) {
			LoadReport probe = run(LoadPlan.open(server.uri(path), 20, PROBE).patience(QUICK, QUICK));
			if (probe.count(Outcome.OK) == probe.offered()) {
				return Optional.of(waited);
			}
			waited = Duration.ofNanos(this.clock.getAsLong() - begun);
		}
		return Optional.empty();
	}

	/**
	 * Prints the table, and keeps it together with the single measurements.
	 * @param comparison the name of the comparison
	 * @param markdown the table
	 * @param csv the measurements
	 * @throws IOException if they cannot be written
	 */
	void publish(String comparison, String markdown, String csv) throws IOException {
		Files.writeString(this.site.logs().resolve(comparison + ".md"), markdown);
		Files.writeString(this.site.logs().resolve(comparison + ".csv"), csv);
		System.out.println(markdown);
		say("written to %s", this.site.logs());
	}

	/**
	 * Says how long a comparison takes, so that nobody need guess.
	 * @param time about how long
	 */
	void sayHowLong(Duration time) {
		say("this takes about %d min on JDK %d", Math.max(1, Math.round(time.toSeconds() / 60.0)), this.jdk.version());
	}

	void say(String format, Object... values) {
		this.progress.println(String.format(Locale.ROOT, format, values));
	}

	@Override
	public void close() {
		this.load.close();
	}

	/**
	 * Uses a server until all is loaded and compiled that will be measured.
	 */
	interface Warming {

		/**
		 * Warms a server up.
		 * @param server the server
		 * @throws IOException if the load generator fails
		 */
		void warm(ServerProcess server) throws IOException;

	}

}
