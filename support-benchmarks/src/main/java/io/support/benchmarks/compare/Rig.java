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
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.load.LoadPlan;
import io.support.benchmarks.load.LoadReport;
import io.support.benchmarks.load.Outcome;
import io.support.benchmarks.server.BenchmarkServer;

/**
 * Where comparisons take place: one processor for the server, another for the load, and a
 * directory for what they leave behind. At most one server runs at a time.
 */
final class Rig implements AutoCloseable {

	/**
	 * Requests under way in a closed loop: enough to keep one processor busy.
	 */
	private static final int CLOSED_CONNECTIONS = 4;

	private static final Set<String> OPTIONS = Set.of("server-core", "load-core", "out");

	private static final Duration PROBE = Duration.ofMillis(500);

	private static final Duration QUICK = Duration.ofMillis(100);

	private final int serverCore;

	private final Path directory;

	private final LoadProcess load;

	private final PrintStream progress = System.err;

	private Rig(int serverCore, int loadCore, Path directory) throws IOException {
		this.serverCore = serverCore;
		this.directory = directory;
		this.load = LoadProcess.start(loadCore, directory);
	}

	/**
	 * Sets the rig up.
	 * @param options the command's options
	 * @param comparison the name of the comparison
	 * @return the rig
	 * @throws IOException if the load generator's process cannot be started
	 */
	static Rig open(CommandLine options, String comparison) throws IOException {
		Path directory = Path.of(options.text("out", build().resolve("comparisons").resolve(comparison).toString()));
		return new Rig(options.integer("server-core", 0), options.integer("load-core", 1),
				Files.createDirectories(directory.toAbsolutePath()));
	}

	/**
	 * Returns the options of a comparison, together with those of every rig.
	 * @param names the options of the comparison
	 * @return all names
	 */
	static Set<String> optionsWith(String... names) {
		Set<String> all = new HashSet<>(OPTIONS);
		Collections.addAll(all, names);
		return all;
	}

	private static Path build() throws IOException {
		try {
			URI code = Rig.class.getProtectionDomain().getCodeSource().getLocation().toURI();
			return Objects.requireNonNull(Path.of(code).getParent());
		}
		catch (URISyntaxException ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * Finds out how many rounds of work take a time on the server's processor.
	 * @param work the processor time of one request
	 * @return the rounds
	 * @throws IOException if the process fails
	 */
	long calibrate(Duration work) throws IOException {
		try (PinnedJvm jvm = PinnedJvm.start(this.serverCore, List.of(), BenchmarkServer.Calibration.class,
				List.of(Double.toString(work.toNanos() / 1e6)), Redirect.PIPE,
				this.directory.resolve("calibration.log")); BufferedReader out = jvm.process().inputReader()) {
			long rounds = Long.parseLong(Objects.requireNonNull(out.readLine(), "see calibration.log").trim());
			say("one request is %d rounds of work, %.1f ms of one processor", rounds, work.toNanos() / 1e6);
			return rounds;
		}
	}

	ServerProcess start(Contender contender, long rounds) throws IOException {
		return ServerProcess.start(contender, this.serverCore, rounds, this.directory);
	}

	LoadReport run(LoadPlan plan) throws IOException {
		return this.load.run(plan);
	}

	/**
	 * Runs a closed loop: what the server can do.
	 * @param server the server
	 * @param path what is asked for
	 * @param clients how they connect
	 * @param duration how long
	 * @return what came of it
	 * @throws IOException if the load generator fails
	 */
	LoadReport saturate(ServerProcess server, String path, Clients clients, Duration duration) throws IOException {
		return run(clients.applyToClosed(LoadPlan.closed(server.uri(path), CLOSED_CONNECTIONS, duration)));
	}

	/**
	 * Waits until the server answers quickly again.
	 * @param server the server
	 * @param limit how long to wait at most
	 * @return after how long the first probe began that was answered quickly; empty if
	 * none was
	 * @throws IOException if the load generator fails
	 */
	Optional<Duration> recovery(ServerProcess server, Duration limit) throws IOException {
		long begun = System.nanoTime();
		Duration waited = Duration.ZERO;
		while (waited.compareTo(limit) <= 0) {
			LoadReport probe = run(LoadPlan.open(server.uri("/hello"), 20, PROBE).patience(QUICK, QUICK));
			if (probe.count(Outcome.OK) == probe.offered()) {
				return Optional.of(waited);
			}
			waited = Duration.ofNanos(System.nanoTime() - begun);
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
		Files.writeString(this.directory.resolve(comparison + ".md"), markdown);
		Files.writeString(this.directory.resolve(comparison + ".csv"), csv);
		System.out.println(markdown);
		say("written to %s", this.directory);
	}

	void say(String format, Object... values) {
		this.progress.println(String.format(Locale.ROOT, format, values));
	}

	@Override
	public void close() {
		this.load.close();
	}

}
