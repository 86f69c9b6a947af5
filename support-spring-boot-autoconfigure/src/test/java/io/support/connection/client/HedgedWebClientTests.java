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

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
import static org.awaitility.Awaitility.await;

/**
 * Tests for hedged requests of a {@link WebClient}: which bodies are sent twice at the
 * same time, and above all which are not.
 */
@Timeout(60)
class HedgedWebClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Duration SOON = Duration.ofMillis(30);

	private final TestPeer mute = TestPeer.mute();

	private final TestPeer echo = TestPeer.echoing();

	private ConnectionManager manager;

	@AfterEach
	void close() {
		this.manager.close();
		this.mute.close();
		this.echo.close();
	}

	@Test
	void requestWithoutABodyIsHedged() {
		try (TestPeer answering = TestPeer.answering("answer")) {
			WebClient client = client(connections().tier(this.mute.address()).tier(answering.address()));
			StepVerifier.create(client.get().uri("/").retrieve().bodyToMono(String.class))
				.expectNext("answer")
				.expectComplete()
				.verify(TIMEOUT);
			assertThat(this.mute.requests()).hasSize(1);
		}
	}

	@Test
	void valueIsHedgedWithItsBody() {
		WebClient client = client(connections().tier(this.mute.address()).tier(this.echo.address()));
		StepVerifier.create(client.put().uri("/").bodyValue("value").retrieve().bodyToMono(String.class))
			.expectNext("value")
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.mute.requests()).hasSize(1);
	}

	@Test
	void fileIsHedged(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("body.txt"), "file", StandardCharsets.UTF_8);
		WebClient client = client(connections().tier(this.mute.address()).tier(this.echo.address()));
		StepVerifier
			.create(client.put()
				.uri("/")
				.body(BodyInserters.fromResource(new FileSystemResource(file)))
				.retrieve()
				.bodyToMono(String.class))
			.expectNext("file")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PATCH" })
	void whatIsNotIdempotentIsNotHedged(String method) {
		WebClient client = client(connections().tier(this.mute.address())
			.tier(this.echo.address())
			.responseTimeout(Duration.ofMillis(300)));
		StepVerifier
			.create(client.method(HttpMethod.valueOf(method))
				.uri("/")
				.bodyValue("order")
				.retrieve()
				.bodyToMono(String.class))
			.expectError(WebClientRequestException.class)
			.verify(TIMEOUT);
		assertThat(this.mute.requests()).hasSize(1);
		assertThat(this.echo.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE" })
	void streamIsNotHedged(String method) {
		WebClient client = client(connections().tier(this.mute.address())
			.tier(this.echo.address())
			.responseTimeout(Duration.ofMillis(300)));
		AtomicInteger read = new AtomicInteger();
		StepVerifier.create(put(client, method, read)).expectError(WebClientRequestException.class).verify(TIMEOUT);
		assertThat(read).hasValue(1);
		assertThat(this.echo.requests()).isEmpty();
	}

	/*
	 * Nobody knows that it is a stream before somebody has a connection for it.
	 */
	@Test
	void streamIsReadOnceByWhoeverIsConnectedFirst() {
		try (TestPeer late = TestPeer.echoing()) {
			WebClient client = client(connections().tier("late.example:" + late.port())
				.tier("soon.example:" + this.echo.port())
				.customizer((http) -> http
					.resolver(new LateResolverGroup(Map.of("late.example", Duration.ofMillis(150))))));
			AtomicInteger read = new AtomicInteger();
			StepVerifier.create(put(client, "PUT", read)).expectNext("ab").expectComplete().verify(TIMEOUT);
			assertThat(read).hasValue(1);
			await().atMost(TIMEOUT).until(() -> late.connections() == 1 && late.openConnections() == 0);
			assertThat(late.requests()).isEmpty();
			assertThat(this.echo.requests()).hasSize(1);
		}
	}

	@Test
	void bodyThatTakesItsTimeIsHedgedOnceItIsKnown() {
		WebClient client = client(connections().tier(this.mute.address()).tier(this.echo.address()));
		StepVerifier.create(put(client, Duration.ofMillis(150))).expectNext("late").expectComplete().verify(TIMEOUT);
	}

	/*
	 * When the second connection is there, the first is in use, and it is not known yet
	 * for what. So the second is closed, and another one opened later.
	 */
	@Test
	void addressThatCameTooEarlyIsAskedAgain() {
		WebClient client = client(connections().tier("late.example:" + this.mute.port())
			.tier("later.example:" + this.echo.port())
			.customizer((http) -> http.resolver(new LateResolverGroup(
					Map.of("late.example", Duration.ofMillis(100), "later.example", Duration.ofMillis(200))))));
		StepVerifier.create(put(client, Duration.ofMillis(400))).expectNext("late").expectComplete().verify(TIMEOUT);
		assertThat(this.echo.connections()).isEqualTo(2);
		assertThat(this.echo.requests()).hasSize(1);
	}

	private static Mono<String> put(WebClient client, Duration delay) {
		return client.put()
			.uri("/")
			.contentType(MediaType.TEXT_PLAIN)
			.body(Mono.just("late").delayElement(delay), String.class)
			.retrieve()
			.bodyToMono(String.class);
	}

	@Test
	void bodyThatFailsIsTheCallersErrorAndEndsTheRace() {
		WebClient client = client(connections().tier(this.mute.address()).tier(this.echo.address()));
		IllegalStateException failure = new IllegalStateException("no body");
		StepVerifier
			.create(client.put().uri("/").body(Mono.error(failure), String.class).retrieve().bodyToMono(String.class))
			.expectErrorSatisfies((error) -> assertThat(List.of(error, error.getCause())).contains(failure))
			.verify(TIMEOUT);
		assertThat(this.manager.snapshot().toString()).doesNotContain("no body");
	}

	private static TestConnections connections() {
		return new TestConnections().hedge(SOON);
	}

	/*
	 * A stream that takes its time.
	 */
	private static Mono<String> put(WebClient client, String method, AtomicInteger read) {
		Flux<String> stream = Flux.just("a", "b")
			.concatWith(Mono.<String>empty().delaySubscription(Duration.ofMillis(250)))
			.doOnSubscribe((subscription) -> read.incrementAndGet());
		return client.method(HttpMethod.valueOf(method))
			.uri("/")
			.contentType(MediaType.TEXT_PLAIN)
			.body(stream, String.class)
			.retrieve()
			.bodyToMono(String.class);
	}

	private WebClient client(TestConnections connections) {
		this.manager = connections.manager();
		return WebClient.builder()
			.clientConnector(new GroupClientHttpConnector(this.manager, new ReactorClientHttpConnector()))
			.baseUrl("http://payments")
			.build();
	}

	/**
	 * Takes its time for some; everything is this machine.
	 */
	private static final class LateResolverGroup extends AddressResolverGroup<InetSocketAddress> {

		private final Map<String, Duration> delays;

		LateResolverGroup(Map<String, Duration> delays) {
			this.delays = delays;
		}

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {

				@Override
				protected boolean doIsResolved(InetSocketAddress address) {
					return !address.isUnresolved();
				}

				@Override
				@SuppressWarnings("FutureReturnValueIgnored") // the promise tells
				protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> promise) {
					Duration delay = LateResolverGroup.this.delays.getOrDefault(address.getHostString(), Duration.ZERO);
					executor().schedule(() -> promise.setSuccess(new InetSocketAddress("127.0.0.1", address.getPort())),
							delay.toMillis(), TimeUnit.MILLISECONDS);
				}

				@Override
				protected void doResolveAll(InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
					resolve(address)
						.addListener((future) -> promise.setSuccess(List.of((InetSocketAddress) future.getNow())));
				}

			};
		}

	}

}
