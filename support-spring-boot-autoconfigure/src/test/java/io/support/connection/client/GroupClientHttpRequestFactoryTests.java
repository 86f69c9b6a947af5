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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.support.connection.ConnectionManager;
import io.support.connection.MarkedDownException;
import io.support.connection.MultiConnectException;
import io.support.connection.Protocol;
import io.support.connection.TestConnections;
import io.support.connection.TestPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link GroupClientHttpRequestFactory}.
 */
class GroupClientHttpRequestFactoryTests {

	private static final byte[] LONG = new byte[1_000_000];

	private final TestPeer cutting = TestPeer.cutting(false);

	private final TestPeer answering = TestPeer.answering("answer");

	private final TestConnections connections = new TestConnections();

	private ConnectionManager manager;

	@AfterEach
	void close() {
		if (this.manager != null) {
			this.manager.close();
		}
		this.cutting.close();
		this.answering.close();
	}

	@Test
	void requestGoesToTheGroupAndItsConnectionIsUsedAgain() {
		RestClient client = client(this.connections.tier(this.answering.address()));
		assertThat(client.get().uri("/a?b=c").retrieve().body(String.class)).isEqualTo("answer");
		awaitIdle();
		assertThat(client.post().uri("http://PAY/d").body("order").retrieve().toEntity(String.class))
			.satisfies((response) -> {
				assertThat(response.getStatusCode().value()).isEqualTo(200);
				assertThat(response.getBody()).isEqualTo("answer");
			});
		assertThat(this.answering.requests()).containsExactly("GET payments /a?b=c", "POST PAY /d");
		assertThat(this.answering.connections()).isEqualTo(1);
	}

	@Test
	void otherHostsAreLeftToTheOtherFactory() throws IOException {
		client(this.connections.tier(this.cutting.address()));
		ClientHttpRequest request = factory().createRequest(URI.create("http://" + this.answering.address() + "/"),
				HttpMethod.GET);
		assertThat(request).isNotInstanceOf(GroupClientHttpRequest.class);
		try (ClientHttpResponse response = request.execute()) {
			assertThat(response.getBody()).hasContent("answer");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "OPTIONS", "DELETE" })
	void idempotentRequestThatWasCutGoesToTheNextAddress(String method) {
		assertThat(tiers().method(HttpMethod.valueOf(method)).uri("/").retrieve().body(String.class))
			.isEqualTo("answer");
		assertThat(this.cutting.requests()).hasSize(1);
	}

	@Test
	void idempotentRequestWithAValueGoesToTheNextAddressWithItsBody() {
		assertThat(tiers().put().uri("/echo").body("value").retrieve().body(String.class)).isEqualTo("value");
		assertThat(this.cutting.requests()).hasSize(1);
	}

	@Test
	void idempotentRequestWithALongFileGoesToTheNextAddress(@TempDir Path directory) throws IOException {
		Path file = Files.write(directory.resolve("body"), LONG);
		assertThat(tiers().put()
			.uri("/echo")
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.body(new FileSystemResource(file))
			.retrieve()
			.body(byte[].class)).isEqualTo(LONG);
		assertThat(this.cutting.requests()).hasSize(1);
	}

	@Test
	void requestThatMayHaveBeenServedIsNotSentTwice() {
		RestClient client = tiers();
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> client.post().uri("/").body("order").retrieve().body(String.class))
			.withCauseInstanceOf(IOException.class);
		assertThat(this.cutting.requests()).containsExactly("POST / HTTP/1.1");
		assertThat(this.answering.requests()).isEmpty();
	}

	@Test
	void streamThatHasBegunIsNotSentTwice() {
		RestClient client = tiers();
		assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> client.put()
			.uri("/")
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.body(new InputStreamResource(new ByteArrayInputStream(LONG)))
			.retrieve()
			.body(String.class));
		assertThat(this.answering.requests()).isEmpty();
	}

	@Test
	void streamThatNobodyHasAskedForGoesToTheNextAddress() {
		RestClient client = tiers();
		this.cutting.close();
		assertThat(client.post()
			.uri("/echo")
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.body(new InputStreamResource(new ByteArrayInputStream(LONG)))
			.retrieve()
			.body(byte[].class)).isEqualTo(LONG);
	}

	@Test
	void bodyThatFailsIsTheCallersErrorAndNotTheAddresss() {
		RestClient client = client(this.connections.tier(this.answering.address()));
		InputStream broken = new SequenceInputStream(new ByteArrayInputStream(LONG), new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("no body");
			}

			@Override
			public int read(byte[] target, int offset, int length) throws IOException {
				return read();
			}

		});
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> client.put()
				.uri("/")
				.contentType(MediaType.APPLICATION_OCTET_STREAM)
				.body(new InputStreamResource(broken))
				.retrieve()
				.body(String.class))
			.havingCause()
			.isInstanceOf(IOException.class)
			.withMessage("no body");
		assertThat(this.manager.snapshot().toString()).doesNotContain("no body");
		awaitNoneActive();
	}

	@Test
	void bodyThatThrowsIsTheCallersError() throws IOException {
		client(this.connections.tier(this.answering.address()));
		IllegalStateException failure = new IllegalStateException("no body");
		ClientHttpRequest request = factory().createRequest(URI.create("http://payments/"), HttpMethod.PUT);
		((StreamingHttpOutputMessage) request).setBody((output) -> {
			output.write(LONG);
			throw failure;
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(request::execute).isSameAs(failure);
		awaitNoneActive();
	}

	@Test
	void bodyIsWrittenByTheCaller() throws IOException {
		client(this.connections.tier(this.answering.address()));
		AtomicReference<Thread> writer = new AtomicReference<>();
		ClientHttpRequest request = factory().createRequest(URI.create("http://payments/echo"), HttpMethod.PUT);
		((StreamingHttpOutputMessage) request).setBody((output) -> {
			writer.set(Thread.currentThread());
			output.write(LONG);
		});
		try (ClientHttpResponse response = request.execute()) {
			assertThat(response.getBody().readAllBytes()).isEqualTo(LONG);
		}
		assertThat(writer).hasValue(Thread.currentThread());
	}

	@Test
	void everyAddressIsNamedWhenNoneAnswers() {
		RestClient client = tiers();
		this.cutting.close();
		this.answering.close();
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> client.get().uri("/").retrieve().body(String.class))
			.withCauseInstanceOf(MultiConnectException.class)
			.withMessageContainingAll(this.cutting.address(), this.answering.address());
	}

	@Test
	void addressesThatAreDownAreToldOf() {
		RestClient client = client(this.connections.tier(this.answering.address()));
		this.connections.breakers.circuitBreaker("support.payments." + this.answering.address())
			.transitionToForcedOpenState();
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> client.get().uri("/").retrieve().body(String.class))
			.withCauseInstanceOf(MarkedDownException.class);
	}

	@Test
	void silentPeerIsATimeout() {
		RestClient client = client(
				this.connections.responseTimeout(Duration.ofMillis(200)).tier(this.answering.address()));
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> client.get().uri("/silent").retrieve().body(String.class))
			.withCauseInstanceOf(SocketTimeoutException.class)
			.withMessageContaining("response-timeout");
		awaitNoneActive();
	}

	@Test
	void eventLoopIsNotBlocked() {
		RestClient client = client(this.connections.tier(this.answering.address()));
		Mono<String> blocking = Mono.fromCallable(() -> client.get().uri("/").retrieve().body(String.class))
			.subscribeOn(Schedulers.parallel());
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(blocking::block)
			.withMessageContaining("GET payments would block the event loop 'parallel")
			.withMessageContaining("@IoBound");
		assertThat(this.answering.requests()).isEmpty();
	}

	@Test
	void interruptedCallerCancels() throws Exception {
		RestClient client = client(
				this.connections.responseTimeout(Duration.ofMinutes(5)).tier(this.answering.address()));
		FutureTask<Boolean> call = new FutureTask<>(() -> {
			assertThatExceptionOfType(ResourceAccessException.class)
				.isThrownBy(() -> client.get().uri("/silent").retrieve().body(String.class))
				.withCauseInstanceOf(InterruptedIOException.class);
			return Thread.currentThread().isInterrupted();
		});
		Thread caller = new Thread(call);
		caller.start();
		await().until(() -> this.answering.requests().size() == 1);
		caller.interrupt();
		assertThat(call.get()).isTrue();
		awaitNoneActive();
		await().until(() -> this.answering.openConnections() == 0);
	}

	@Test
	void callerThatIsInterruptedWhileItWritesCancels() throws Exception {
		client(this.connections.tier(this.answering.address()));
		FutureTask<Boolean> call = new FutureTask<>(() -> {
			ClientHttpRequest request = factory().createRequest(URI.create("http://payments/silent"), HttpMethod.PUT);
			((StreamingHttpOutputMessage) request).setBody((output) -> {
				while (true) {
					output.write(LONG);
				}
			});
			assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(request::execute);
			return Thread.currentThread().isInterrupted();
		});
		Thread caller = new Thread(call);
		caller.start();
		await().until(() -> caller.getState() == Thread.State.WAITING);
		caller.interrupt();
		assertThat(call.get()).isTrue();
		awaitNoneActive();
	}

	@Test
	void closedResponseGivesItsConnectionBack() throws IOException {
		client(this.connections.tier(this.answering.address()));
		execute("http://payments/").close();
		awaitIdle();
		assertThat(this.answering.openConnections()).isOne();
	}

	@Test
	void closedResponseWithMuchLeftClosesItsConnection() throws IOException {
		client(this.connections.tier(this.answering.address()));
		ClientHttpRequest request = factory().createRequest(URI.create("http://payments/echo"), HttpMethod.PUT);
		((StreamingHttpOutputMessage) request).setBody(LONG);
		ClientHttpResponse response = request.execute();
		assertThat(response.getBody().read()).isZero();
		response.close();
		await().until(() -> this.answering.openConnections() == 0);
		awaitNoneActive();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> response.getBody().readAllBytes());
	}

	@Test
	void closedResponseThatGoesOnClosesItsConnection() throws IOException {
		client(this.connections.responseTimeout(Duration.ofMinutes(5)).tier(this.answering.address()));
		ClientHttpResponse response = execute("http://payments/endless");
		assertThat(response.getBody().read()).isEqualTo('e');
		response.close();
		await().until(() -> this.answering.openConnections() == 0);
		awaitNoneActive();
	}

	@Test
	void responseThatIsCutWhileItIsReadFails() throws IOException {
		client(this.connections.tier(this.answering.address()));
		try (ClientHttpResponse response = execute("http://payments/endless")) {
			assertThat(response.getBody().read()).isEqualTo('e');
			this.answering.close();
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> response.getBody().readAllBytes());
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP1", "H2C" })
	void protocolOfTheGroupDoesNotMatter(Protocol protocol) {
		try (TestPeer peer = (protocol == Protocol.H2C) ? TestPeer.http2("answer") : TestPeer.answering("answer")) {
			RestClient client = client(this.connections.protocol(protocol).tier(peer.address()));
			assertThat(client.put()
				.uri("/echo")
				.contentType(MediaType.APPLICATION_OCTET_STREAM)
				.body(new InputStreamResource(new ByteArrayInputStream(LONG)))
				.retrieve()
				.body(byte[].class)).isEqualTo(LONG);
			assertThat(client.post().uri("/").retrieve().body(String.class)).isEqualTo("answer");
		}
	}

	private RestClient tiers() {
		return client(this.connections.tier(this.cutting.address()).tier(this.answering.address()));
	}

	private RestClient client(TestConnections connections) {
		this.manager = connections.manager();
		return RestClient.builder().requestFactory(factory()).baseUrl("http://payments").build();
	}

	private GroupClientHttpRequestFactory factory() {
		return new GroupClientHttpRequestFactory(this.manager, new JdkClientHttpRequestFactory());
	}

	private ClientHttpResponse execute(String uri) throws IOException {
		return factory().createRequest(URI.create(uri), HttpMethod.GET).execute();
	}

	private void awaitIdle() {
		await().until(() -> this.connections.meters.get("support.connections.idle").gauge().value() == 1);
	}

	private void awaitNoneActive() {
		await().until(() -> this.connections.meters.find("support.connections.active")
			.gauges()
			.stream()
			.allMatch((gauge) -> gauge.value() == 0));
	}

}
