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

package io.support.sample.notary;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.PrematureCloseException;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link NotaryServer}.
 */
class NotaryServerTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final NotaryServer notary = new NotaryServer("first", new InetSocketAddress("127.0.0.1", 0),
			Duration.ofMillis(1), 0, JsonMapper.shared(), Clock.fixed(NOW, ZoneOffset.UTC));

	@BeforeEach
	void start() {
		this.notary.start();
	}

	@AfterEach
	void stop() {
		this.notary.stop();
	}

	@Test
	void documentIsStamped() {
		assertThat(stamp("a").block(TIMEOUT)).isEqualTo(new Stamp("first", 1, NOW));
		assertThat(stamp("b").block(TIMEOUT)).isEqualTo(new Stamp("first", 2, NOW));
	}

	@Test
	void repeatedRequestGetsTheSameStamp() {
		assertThat(stamp("a").block(TIMEOUT)).isEqualTo(stamp("a").block(TIMEOUT));
		assertThat(this.notary.state().stamps()).isEqualTo(1);
	}

	@Test
	void requestIsCutOffWithoutAnAnswer() {
		this.notary.cutShare(1);
		StepVerifier.create(stamp("a"))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(WebClientRequestException.class)
				.hasRootCauseInstanceOf(PrematureCloseException.class))
			.verify(TIMEOUT);
		assertThat(this.notary.state().cuts()).isPositive();
		assertThat(this.notary.state().stamps()).isZero();
	}

	@Test
	void stoppedNotaryRefusesConnectionsUntilItIsStarted() {
		InetSocketAddress address = this.notary.address();
		this.notary.stop();
		StepVerifier.create(stamp("a", address))
			.expectErrorSatisfies((ex) -> assertThat(ex).hasRootCauseInstanceOf(ConnectException.class))
			.verify(TIMEOUT);
		assertThat(this.notary.state().running()).isFalse();
		this.notary.start();
		assertThat(stamp("a").block(TIMEOUT)).isNotNull();
		assertThat(this.notary.state().running()).isTrue();
	}

	@Test
	void startingAndStoppingTwiceDoesNoHarm() {
		this.notary.start();
		this.notary.stop();
		this.notary.stop();
		assertThat(this.notary.state().running()).isFalse();
	}

	@Test
	void shareIsAShare() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.notary.cutShare(1.1))
			.withMessage("cutShare must be from 0 to 1, was: 1.1");
		assertThatIllegalArgumentException().isThrownBy(() -> this.notary.cutShare(Double.NaN));
	}

	private Mono<Stamp> stamp(String id) {
		return stamp(id, this.notary.address());
	}

	private static Mono<Stamp> stamp(String id, InetSocketAddress address) {
		return WebClient.create("http://127.0.0.1:" + address.getPort())
			.put()
			.uri("/stamps/{id}", id)
			.bodyValue(new StampRequest("00"))
			.retrieve()
			.bodyToMono(Stamp.class);
	}

}
