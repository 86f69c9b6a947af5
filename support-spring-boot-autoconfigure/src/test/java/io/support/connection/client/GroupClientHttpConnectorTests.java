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

package io.support.connection.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.support.connection.ConnectionManager;
import io.support.connection.TestConnections;
import io.support.connection.TestPeer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GroupClientHttpConnector}: which requests go to a second address, and
 * above all which don't.
 */
class GroupClientHttpConnectorTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final TestPeer cutting = TestPeer.cutting(false);

	private final TestPeer answering = TestPeer.answering("answer");

	private final ConnectionManager manager = new TestConnections().tier(this.cutting.address())
		.tier(this.answering.address())
		.manager();

	private final WebClient client = WebClient.builder()
		.clientConnector(new GroupClientHttpConnector(this.manager, new ReactorClientHttpConnector()))
		.baseUrl("http://payments")
		.build();

	@AfterEach
	void close() {
		this.manager.close();
		this.cutting.close();
		this.answering.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "OPTIONS", "DELETE" })
	void idempotentRequestThatWasCutGoesToTheNextAddress(String method) {
		StepVerifier.create(this.client.method(HttpMethod.valueOf(method)).uri("/").retrieve().bodyToMono(String.class))
			.expectNext("answer")
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.cutting.requests()).hasSize(1);
	}

	@Test
	void idempotentRequestWithAValueGoesToTheNextAddressWithItsBody() {
		StepVerifier.create(this.client.put().uri("/").bodyValue("value").retrieve().bodyToMono(String.class))
			.expectNext("answer")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void idempotentRequestWithAFileGoesToTheNextAddress(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("body.txt"), "file");
		StepVerifier
			.create(this.client.put()
				.uri("/")
				.body(BodyInserters.fromResource(new FileSystemResource(file)))
				.retrieve()
				.bodyToMono(String.class))
			.expectNext("answer")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void requestThatMayHaveBeenServedIsNotSentTwice() {
		StepVerifier.create(this.client.post().uri("/").bodyValue("order").retrieve().bodyToMono(String.class))
			.expectError(WebClientRequestException.class)
			.verify(TIMEOUT);
		assertThat(this.cutting.requests()).containsExactly("POST / HTTP/1.1");
		assertThat(this.answering.requests()).isEmpty();
	}

	@Test
	void streamThatHasBegunIsNotSentTwice() {
		StepVerifier
			.create(this.client.put()
				.uri("/")
				.contentType(MediaType.TEXT_PLAIN)
				.body(Flux.just("a", "b").concatWith(Flux.never()), String.class)
				.retrieve()
				.bodyToMono(String.class))
			.expectError(WebClientRequestException.class)
			.verify(TIMEOUT);
		assertThat(this.answering.requests()).isEmpty();
	}

	@Test
	void streamThatNobodyHasAskedForGoesToTheNextAddress() {
		this.cutting.close();
		StepVerifier
			.create(this.client.post()
				.uri("/")
				.contentType(MediaType.TEXT_PLAIN)
				.body(Flux.just("a", "b"), String.class)
				.retrieve()
				.bodyToMono(String.class))
			.expectNext("answer")
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.answering.requests()).hasSize(1);
	}

	@Test
	void bodyThatFailsIsTheCallersErrorAndNotTheAddresss() {
		this.cutting.close();
		IllegalStateException failure = new IllegalStateException("no body");
		StepVerifier.create(
				this.client.put().uri("/").body(Mono.error(failure), String.class).retrieve().bodyToMono(String.class))
			.expectErrorSatisfies((error) -> assertThat(List.of(error, error.getCause())).contains(failure))
			.verify(TIMEOUT);
		assertThat(this.manager.snapshot().toString()).contains(this.answering.address()).doesNotContain("no body");
	}

}
