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
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.load.LoadPlan;

/**
 * The work of every request: starts servers that are warm for it and finds out how much
 * of it they can do.
 *
 * @param rig where it takes place
 * @param scenario where the work is done
 * @param rounds how much it is
 * @param warmUp how long a new server is used for each kind of request before it is
 * measured
 * @param duration how long it takes to find out what a server can do
 */
record Workload(Rig rig, Scenario scenario, long rounds, Duration warmUp, Duration duration) {

	/**
	 * The options that {@link #of} reads.
	 */
	static final Set<String> OPTIONS = Set.of("work-millis", "rounds", "warm-up");

	private static final String HELLO = "/hello";

	private static final double FLOOD_PER_SECOND = 2000;

	/*
	 * Whoever bounds nothing still computes for clients that have gone: all of the flood.
	 */
	private static final Duration FLOOD_RECOVERY = Duration.ofSeconds(60);

	private static final int TURNS = 3;

	private static final double SHARE = 0.5;

	/*
	 * Longer than it takes to learn that there is less of the machine than before.
	 */
	private static final Duration PINNED = Duration.ofSeconds(3);

	/**
	 * Makes the workload that a command asks for.
	 * @param rig where it takes place
	 * @param options the command's options
	 * @param scenario where the work is done
	 * @param duration how long one measurement is
	 * @return the workload
	 * @throws IOException if the calibration fails
	 */
	static Workload of(Rig rig, CommandLine options, Scenario scenario, Duration duration) throws IOException {
		long rounds = (long) options.number("rounds", 0);
		if (rounds == 0) {
			rounds = rig.calibrate(Duration.ofNanos(Math.round(options.number("work-millis", 5) * 1e6)));
		}
		return new Workload(rig, scenario, rounds, options.seconds("warm-up", 10),
				Duration.ofNanos(Math.round(duration.toNanos() * SHARE)));
	}

	Workload with(Scenario scenario) {
		return new Workload(this.rig, scenario, this.rounds, this.warmUp, this.duration);
	}

	/**
	 * Returns about how long it takes to start a server and to warm it up.
	 * @return the time
	 */
	Duration start() {
		return Rig.START.plus(this.warmUp.multipliedBy(3)).plus(PINNED);
	}

	/**
	 * Starts a server and warms it up.
	 * @param contender what to start
	 * @param clients how clients will connect
	 * @param arguments further properties
	 * @return the server
	 * @throws IOException if it does not start, or the load generator fails
	 */
	ServerProcess start(Contender contender, Clients clients, String... arguments) throws IOException {
		return start(contender, List.of(clients), arguments);
	}

	/**
	 * Starts a server and warms it up for several ways to connect.
	 * @param contender what to start
	 * @param clients how clients will connect
	 * @param arguments further properties
	 * @return the server
	 * @throws IOException if it does not start, or the load generator fails
	 */
	ServerProcess start(Contender contender, List<Clients> clients, String... arguments) throws IOException {
		List<String> all = new ArrayList<>(this.scenario.arguments(contender));
		all.add("--benchmark.rounds=" + this.rounds);
		all.addAll(Arrays.asList(arguments));
		ServerProcess server = this.rig.start(contender, all, (cold) -> warm(cold, clients));
		try {
			for (Clients one : clients) {
				saturate(server, one, PINNED);
			}
		}
		catch (IOException | RuntimeException ex) {
			server.close();
			throw ex;
		}
		return server;
	}

	/*
	 * With work, there are too few requests to compile what all of them pass, and with a
	 * closed loop there is nobody to be refused. In turns, because what was compiled for
	 * one of them is compiled again when the next begins.
	 */
	private void warm(ServerProcess server, List<Clients> clients) throws IOException {
		Duration turn = this.warmUp.dividedBy(TURNS);
		for (Clients one : clients) {
			for (int i = 0; i < TURNS; i++) {
				this.rig.saturate(server, HELLO, this.scenario.closedConnections(), one, turn);
				saturate(server, one, turn);
				this.rig.run(plan(server, one, FLOOD_PER_SECOND, turn));
				this.rig.recovery(server, this.scenario.probe(server.contender()), FLOOD_RECOVERY);
			}
		}
	}

	/**
	 * Measures what a server can do.
	 * @param server the server
	 * @param clients how clients connect
	 * @return answers in time per second, in a closed loop
	 * @throws IOException if the load generator fails
	 */
	double capacity(ServerProcess server, Clients clients) throws IOException {
		double capacity = saturate(server, clients, this.duration);
		if (capacity == 0) {
			throw new IOException("The server of " + server.contender().name() + " answered nothing in a closed loop");
		}
		return capacity;
	}

	private double saturate(ServerProcess server, Clients clients, Duration time) throws IOException {
		return this.rig
			.saturate(server, this.scenario.path(server.contender()), this.scenario.closedConnections(), clients, time)
			.goodputPerSecond();
	}

	LoadPlan plan(ServerProcess server, Clients clients, double rate, Duration time) {
		return clients.applyTo(LoadPlan.open(server.uri(this.scenario.path(server.contender())), rate, time));
	}

}
