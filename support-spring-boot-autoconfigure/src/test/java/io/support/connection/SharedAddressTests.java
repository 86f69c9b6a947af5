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

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for addresses that many event loops use at the same time. That no loop waits for
 * another is seen by BlockHound.
 */
@Timeout(60)
class SharedAddressTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int CONCURRENCY = 64;

	private final DisposableServer peer = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> response.sendString(Mono.just("ok")))
		.bindNow(TIMEOUT);

	private final LoopResources loops = LoopResources.create("test-client", 8, true);

	private final TestConnections connections = new TestConnections().tier(address(this.peer))
		.customizer((client) -> client.runOn(this.loops));

	private ConnectionManager manager;

	private static String address(DisposableServer server) {
		return "127.0.0.1:" + server.port();
	}

	@AfterEach
	void close() {
		this.manager.close();
		this.peer.disposeNow(TIMEOUT);
		this.loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);
	}

	@Test
	void loopsThatSucceedDoNotWaitForEachOther() {
		this.manager = this.connections.manager();
		assertThat(answers(20_000)).isEqualTo(20_000);
	}

	@Test
	void loopsThatHedgeDoNotWaitForEachOther() {
		DisposableServer other = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.sendString(Mono.just("ok")))
			.bindNow(TIMEOUT);
		try {
			this.manager = this.connections.tier(address(other))
				.running()
				.maxConnections(1000)
				.outlier(1, Duration.ZERO)
				.retryBudget(1, 0)
				.hedge(Duration.ofMillis(1))
				.manager();
			for (int i = 0; i < 20; i++) {
				assertThat(answers(1000)).isEqualTo(1000);
				this.connections.advance(Duration.ofSeconds(11));
			}
			assertThat(this.connections.meters.get("support.connections.hedges").functionCounters())
				.anySatisfy((counter) -> assertThat(counter.count()).isPositive());
		}
		finally {
			other.disposeNow(TIMEOUT);
		}
	}

	@Test
	void loopsThatFindTheMarkdownOverDoNotWaitForEachOther() {
		DisposableServer other = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.sendString(Mono.just("ok")))
			.bindNow(TIMEOUT);
		try {
			this.manager = this.connections.tier(address(other)).manager();
			CircuitBreaker breaker = this.connections.breakers.circuitBreaker("support.payments." + address(this.peer));
			for (int i = 0; i < 100; i++) {
				breaker.transitionToOpenState();
				this.connections.advance(Duration.ofSeconds(11));
				assertThat(answers(CONCURRENCY)).isEqualTo(CONCURRENCY);
			}
		}
		finally {
			other.disposeNow(TIMEOUT);
		}
	}

	private long answers(int requests) {
		Long answers = Flux.range(0, requests)
			.flatMap(
					(i) -> Mono.fromCallable(() -> this.manager.httpClient("payments"))
						.flatMap((client) -> client.get().uri("/").responseContent().aggregate().asString()),
					CONCURRENCY)
			.filter("ok"::equals)
			.count()
			.block(TIMEOUT);
		return (answers != null) ? answers : 0;
	}

}
