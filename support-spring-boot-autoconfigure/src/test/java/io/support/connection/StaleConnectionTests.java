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

package io.support.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.ChannelId;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for connections that the peer closes just when they are used again, which neither
 * side can see in time.
 */
@Timeout(60)
class StaleConnectionTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final int CONNECTIONS = 5;

	private final Map<ChannelId, AtomicInteger> requests = new ConcurrentHashMap<>();

	/** Answers the first request of each connection, and closes it at the second. */
	private final DisposableServer peer = HttpServer.create().host("127.0.0.1").port(0).handle((request, response) -> {
		AtomicInteger count = new AtomicInteger();
		request.withConnection((connection) -> count
			.set(this.requests.computeIfAbsent(connection.channel().id(), (id) -> new AtomicInteger())
				.incrementAndGet()));
		return (count.get() == 1) ? answer(response) : close(request);
	}).bindNow(TIMEOUT);

	private final TestConnections connections = new TestConnections().tier("127.0.0.1:" + this.peer.port());

	private final ConnectionManager manager = this.connections.manager();

	@AfterEach
	void close() {
		this.manager.close();
		this.peer.disposeNow(TIMEOUT);
	}

	private static Mono<Void> answer(HttpServerResponse response) {
		return Mono.delay(Duration.ofMillis(50)).then(response.sendString(Mono.just("ok")).then());
	}

	private static Mono<Void> close(HttpServerRequest request) {
		return Mono.fromRunnable(() -> request.withConnection((connection) -> connection.dispose()));
	}

	@Test
	void requestIsServedThoughEveryConnectionThatWasKeptIsClosed() {
		fillThePool();
		assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("ok");
		assertThat(state().failures()).isEqualTo(2);
		assertThat(state().state()).isEqualTo("up");
		// The third attempt had a new connection, and what was kept before is closed.
		await().untilAsserted(() -> assertThat(state().idle()).isEqualTo(1));
	}

	@Test
	void thatCostsNothingOfTheBudget() {
		fillThePool();
		double before = this.connections.meters.get("support.connections.budget.left").gauge().value();
		assertThat(request(HttpMethod.GET).block(TIMEOUT)).isEqualTo("ok");
		assertThat(this.connections.meters.get("support.connections.budget.left").gauge().value())
			.isGreaterThanOrEqualTo(before);
	}

	@Test
	void postIsNotSentAgain() {
		fillThePool();
		int before = sent();
		StepVerifier.create(request(HttpMethod.POST)).expectError().verify(TIMEOUT);
		assertThat(sent()).isEqualTo(before + 1);
	}

	private void fillThePool() {
		List<String> answers = Flux.range(0, CONNECTIONS)
			.flatMap((i) -> request(HttpMethod.GET), CONNECTIONS)
			.collectList()
			.block(TIMEOUT);
		assertThat(answers).hasSize(CONNECTIONS);
		await().untilAsserted(() -> assertThat(state().idle()).isEqualTo(CONNECTIONS));
	}

	private int sent() {
		return this.requests.values().stream().mapToInt(AtomicInteger::get).sum();
	}

	private ConnectionsSnapshot.AddressState state() {
		return ((ConnectionsSnapshot) this.manager.snapshot()).groups().get(0).tiers().get(0).get(0);
	}

	private Mono<String> request(HttpMethod method) {
		return Mono.fromCallable(() -> this.manager.httpClient("payments"))
			.flatMap((client) -> client.request(method).uri("/").responseContent().aggregate().asString());
	}

}
