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

package io.support.netty;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReadAfterResponse}.
 */
class ReadAfterResponseTests {

	private final CompletableFuture<String> answer = new CompletableFuture<>();

	private final CountDownLatch asked = new CountDownLatch(1);

	@Test
	void connectionReadsOnAfterARequestThatWaitedWasAnsweredAtOnce() throws Exception {
		DisposableServer server = start(ReadAfterResponse::install);
		try (HttpConnection connection = connectionWithARequestThatWaited(server)) {
			for (int i = 0; i < 100; i++) {
				assertThat(connection.get("/more")).startsWith("HTTP/1.1 200");
			}
		}
		finally {
			server.disposeNow();
		}
	}

	/*
	 * When this fails Reactor Netty has been mended, and ReadAfterResponse can go.
	 */
	@Test
	void withoutItTheConnectionIsSilent() throws Exception {
		DisposableServer server = start(UnaryOperator.identity());
		try (HttpConnection connection = connectionWithARequestThatWaited(server)) {
			connection.patience(Duration.ofMillis(500));
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> connection.get("/more"));
		}
		finally {
			server.disposeNow();
		}
	}

	private HttpConnection connectionWithARequestThatWaited(DisposableServer server) throws Exception {
		HttpConnection connection = HttpConnection.to(server.port());
		connection.send("/first", "/second");
		// From another thread: the event loop has read both before it writes.
		assertThat(this.asked.await(10, TimeUnit.SECONDS)).isTrue();
		this.answer.complete("first");
		assertThat(connection.receive()).endsWith("first");
		assertThat(connection.receive()).endsWith("second");
		return connection;
	}

	private DisposableServer start(UnaryOperator<HttpServer> customizer) {
		HttpServer server = HttpServer.create().host("127.0.0.1").port(0).handle((request, response) -> {
			if (request.uri().equals("/first")) {
				this.asked.countDown();
				return response.sendString(Mono.fromFuture(this.answer));
			}
			return response.sendString(Mono.just(request.path()));
		});
		return customizer.apply(server).bindNow();
	}

}
