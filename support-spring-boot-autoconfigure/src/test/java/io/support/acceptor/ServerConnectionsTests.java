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

package io.support.acceptor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import io.support.context.TaskInFlight;
import io.support.stats.StateMachineSnapshot.State;
import io.support.stats.StateMachineStats;
import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link ServerConnections}.
 */
@Timeout(60)
class ServerConnectionsTests {

	private final Sinks.One<String> held = Sinks.one();

	private final StateMachineStats<ConnectionState> states = new StateMachineStats<>(ConnectionState.class);

	private final ServerConnections connections = new ServerConnections(this.states, System::nanoTime);

	private DisposableServer server;

	@BeforeEach
	void start() {
		this.server = this.connections.observe(HttpServer.create().host("127.0.0.1").port(0))
			.route((routes) -> routes.get("/", (request, response) -> response.sendString(Mono.just("hello")))
				.get("/held", (request, response) -> response.sendString(this.held.asMono())))
			.bindNow();
	}

	@AfterEach
	void stop() {
		this.server.disposeNow();
	}

	@Test
	void requestIsKnownWhileItIsInFlight() throws Exception {
		try (HttpConnection connection = HttpConnection.to(this.server.port());
				HttpConnection idle = HttpConnection.to(this.server.port())) {
			idle.get("/");
			connection.send("/held?token=hunter2");
			await(() -> assertThat(tasks()).singleElement().satisfies((task) -> {
				assertThat(task.kind()).isEqualTo("http");
				assertThat(task.what()).isEqualTo("GET /held");
				assertThat(task.startedBy()).startsWith("127.0.0.1:");
				assertThat(task.ageNanos()).isPositive();
				assertThat(task.thread()).isNull();
			}));
			await(() -> assertThat(owners()).containsExactlyInAnyOrder("server: GET /held", "server: idle"));
			this.held.tryEmitValue("held").orThrow();
			connection.receive();
			await(() -> assertThat(tasks()).isEmpty());
		}
		await(() -> assertThat(owners()).isEmpty());
	}

	private List<TaskInFlight> tasks() {
		List<TaskInFlight> tasks = new ArrayList<>();
		this.connections.forEachTask(tasks::add);
		return tasks;
	}

	private List<String> owners() {
		List<String> owners = new ArrayList<>();
		this.connections.forEachSocket((local, remote, owner) -> owners.add(owner));
		return owners;
	}

	@Test
	void goFromStateToState() throws Exception {
		try (HttpConnection connection = HttpConnection.to(this.server.port())) {
			await(() -> assertThat(present()).containsExactly(tuple("OPEN", 1)));
			connection.send("/held");
			await(() -> assertThat(present()).containsExactly(tuple("SERVING", 1)));
			this.held.tryEmitValue("held").orThrow();
			connection.receive();
			await(() -> assertThat(present()).containsExactly(tuple("IDLE", 1)));
			connection.get("/");
			await(() -> assertThat(present()).containsExactly(tuple("IDLE", 1)));
		}
		await(() -> assertThat(this.states.snapshot().present()).isZero());
		assertThat(steps()).containsExactly(tuple("OPEN", "SERVING", 1L), tuple("SERVING", "IDLE", 2L),
				tuple("IDLE", "SERVING", 1L), tuple("IDLE", "END", 1L));
	}

	@Test
	void connectionThatIsNeverUsedEndsOpen() throws Exception {
		try (HttpConnection connection = HttpConnection.to(this.server.port())) {
			await(() -> assertThat(present()).containsExactly(tuple("OPEN", 1)));
			assertThat(connection).isNotNull();
		}
		await(() -> assertThat(steps()).containsExactly(tuple("OPEN", "END", 1L)));
	}

	@Test
	void clientThatLeavesWhileItIsServedEndsServing() throws Exception {
		try (HttpConnection connection = HttpConnection.to(this.server.port())) {
			connection.send("/held");
			await(() -> assertThat(this.connections.busy()).isOne());
		}
		await(() -> assertThat(this.states.snapshot().present()).isZero());
		assertThat(this.connections.open()).isZero();
	}

	private List<Tuple> present() {
		return this.states.snapshot()
			.states()
			.stream()
			.filter((state) -> state.present() > 0)
			.map((State state) -> tuple(state.name(), state.present()))
			.toList();
	}

	private List<Tuple> steps() {
		return this.states.snapshot()
			.steps()
			.stream()
			.map((step) -> tuple(step.from(), Objects.requireNonNullElse(step.to(), "END"), step.count()))
			.toList();
	}

	private static void await(Runnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(assertion::run);
	}

}
