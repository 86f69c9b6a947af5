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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.handler.timeout.WriteTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.support.connection.Http2Peer.Act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link StalledStreams}, with a peer whose windows open as it is told.
 */
@Timeout(60)
class StalledStreamsTests extends AbstractHttp2Tests {

	private static final Duration RESPONSE_TIMEOUT = Duration.ofMillis(500);

	/** More than the window of a stream, which is that of a connection too. */
	private static final int BODY = 65_535 + 8 * Http2Peer.SIP;

	private Http2Peer peer;

	private void start(Act... acts) {
		this.peer = new Http2Peer(100, acts);
		this.manager = group(Protocol.H2C).responseTimeout(RESPONSE_TIMEOUT).tier(this.peer.address()).manager();
	}

	@AfterEach
	void stop() {
		this.peer.close();
	}

	@Test
	void streamWhoseWindowNeverOpensHoldsNobody() {
		start(Act.HOLD);
		StepVerifier.create(post(BODY)).expectError(WriteTimeoutException.class).verify(TIMEOUT);
		assertThat(failures(this.peer.address(), "response-timeout")).isEqualTo(1);
		assertThat(this.peer.requests()).hasSize(1);
		await().until(() -> this.peer.resets().contains("CANCEL"));
		await().until(() -> gauge("support.connections.streams") == 0);
	}

	@Test
	void otherStreamsOfTheConnectionGoOn() throws Exception {
		start(Act.HOLD);
		CompletableFuture<String> stuck = post(BODY).toFuture();
		await().until(() -> !this.peer.requests().isEmpty());
		for (int i = 0; i < 3; i++) {
			assertThat(request("/").block(TIMEOUT)).as("connection").isEqualTo("0");
		}
		assertThat(stuck.handle((answer, error) -> error).get(10, TimeUnit.SECONDS))
			.isInstanceOf(WriteTimeoutException.class);
		assertThat(request("/").block(TIMEOUT)).as("connection").isEqualTo("1");
	}

	@Test
	void streamOfWhichTheRestIsTakenInTimeIsNotStuck() {
		start(Act.TAKE_SLOWLY);
		long begun = System.nanoTime();
		assertThat(post(BODY).block(TIMEOUT)).isEqualTo("0");
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(RESPONSE_TIMEOUT.multipliedBy(2));
		assertThat(this.connections.failures()).isZero();
	}

	@Test
	void streamThatHasBeenTakenIsNotStuckHoweverLongItsAnswerTakes() {
		start(Act.HOLD);
		StepVerifier.create(post(1000))
			.expectErrorSatisfies(
					(error) -> assertThat(error).as("of who waits").isNotInstanceOf(WriteTimeoutException.class))
			.verify(TIMEOUT);
	}

	private Mono<String> post(int size) {
		return client().post()
			.uri("/")
			.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(new byte[size])))
			.responseContent()
			.aggregate()
			.asString();
	}

}
