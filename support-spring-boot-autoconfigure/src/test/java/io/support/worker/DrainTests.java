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

package io.support.worker;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import io.support.acceptor.ServerConnections;
import io.support.stats.StateMachineSnapshot;
import io.support.stats.StateMachineStats;
import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link Drain}, over real sockets.
 */
class DrainTests {

	private static final Duration GRACE = Duration.ofMinutes(1);

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private final AtomicLong elapsed = new AtomicLong();

	private final Sinks.One<String> held = Sinks.one();

	private final ServerConnections connections = new ServerConnections(this::now);

	private final StateMachineStats<Drain.State> states = new StateMachineStats<>(Drain.State.class);

	private final Drain drain = new Drain(this.connections,
			new WorkerSettings(TIMEOUT, GRACE, 1, MemoryLimitAction.WARN), this.states, this::now);

	private DisposableServer server;

	@BeforeEach
	void start() {
		this.server = this.drain.watch(this.connections.observe(HttpServer.create().host("127.0.0.1").port(0)))
			.route((routes) -> routes.get("/", (request, response) -> response.sendString(Mono.just("hello")))
				.get("/held", (request, response) -> response.sendString(this.held.asMono())))
			.bindNow();
	}

	@AfterEach
	void stop() {
		this.server.disposeNow();
	}

	@Test
	void withoutConnectionsItEndsAtOnce() {
		this.drain.run();
		assertThat(this.drain.state()).isEqualTo(Drain.State.DRAINED);
	}

	@Test
	void goesFromStateToState() {
		this.drain.started();
		this.drain.started();
		this.drain.run();
		this.drain.started();
		assertThat(this.drain.state()).isEqualTo(Drain.State.DRAINED);
		assertThat(this.states.snapshot().steps())
			.extracting(StateMachineSnapshot.Step::from, StateMachineSnapshot.Step::to)
			.containsExactly(tuple("STARTING", "SERVING"), tuple("SERVING", "DRAINING"), tuple("DRAINING", "DRAINED"));
	}

	@Test
	void requestInFlightFinishesAndIsTheLastOfItsConnection() throws Exception {
		try (HttpConnection busy = connect()) {
			busy.send("/held");
			await(() -> assertThat(this.connections.busy()).isOne());
			CompletableFuture<Void> run = startDrain();
			this.held.tryEmitValue("late").orThrow();
			assertThat(busy.receive()).containsIgnoringCase("connection: close").endsWith("late");
			assertThat(busy.isClosedByPeer()).isTrue();
			run.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void idleConnectionIsServedOnceMore() throws Exception {
		try (HttpConnection idle = connect()) {
			assertThat(idle.get("/")).doesNotContainIgnoringCase("connection: close");
			CompletableFuture<Void> run = startDrain();
			assertThat(idle.get("/")).containsIgnoringCase("connection: close").endsWith("hello");
			assertThat(idle.isClosedByPeer()).isTrue();
			run.get(10, TimeUnit.SECONDS);
			assertThat(this.drain.idleClosed()).isZero();
		}
	}

	@Test
	void connectionThatStaysIdleIsClosedAfterTheGracePeriodAndCounted() throws Exception {
		try (HttpConnection idle = connect(); HttpConnection busy = connect()) {
			idle.get("/");
			busy.send("/held");
			await(() -> assertThat(this.connections.busy()).isOne());
			CompletableFuture<Void> run = startDrain();
			this.elapsed.addAndGet(GRACE.toNanos());
			assertThat(idle.isClosedByPeer()).isTrue();
			await(() -> assertThat(this.drain.idleClosed()).isOne());
			assertThat(run).isNotDone();
			this.held.tryEmitValue("late").orThrow();
			assertThat(busy.receive()).endsWith("late");
			run.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void endsAtItsTimeoutThoughARequestIsInFlight() throws Exception {
		try (HttpConnection busy = connect()) {
			busy.send("/held");
			await(() -> assertThat(this.connections.busy()).isOne());
			CompletableFuture<Void> run = startDrain();
			this.elapsed.addAndGet(TIMEOUT.toNanos());
			run.get(10, TimeUnit.SECONDS);
			assertThat(this.connections.busy()).isOne();
		}
	}

	@Test
	void acceptsNoMore() throws Exception {
		try (HttpConnection idle = connect()) {
			idle.get("/");
			CompletableFuture<Void> run = startDrain();
			await(() -> assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect));
			idle.close();
			run.get(10, TimeUnit.SECONDS);
		}
	}

	private long now() {
		return System.nanoTime() + this.elapsed.get();
	}

	private CompletableFuture<Void> startDrain() {
		CompletableFuture<Void> run = CompletableFuture.runAsync(this.drain::run);
		await(() -> assertThat(this.drain.hasBegun()).isTrue());
		return run;
	}

	private HttpConnection connect() throws IOException {
		return HttpConnection.to(this.server.port());
	}

	private void await(Runnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(assertion::run);
	}

}
