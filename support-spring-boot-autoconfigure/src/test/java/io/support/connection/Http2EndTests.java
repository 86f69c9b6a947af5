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

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.netty.channel.Channel;
import io.netty.handler.timeout.ReadTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.netty.ByteBufFlux;
import reactor.test.StepVerifier;

import io.support.connection.Http2Peer.Act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Requests whose stream, or whose connection of HTTP/2, comes to its end.
 */
class Http2EndTests extends AbstractHttp2Tests {

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void refusedRequestGoesToTheNextAddress(String method) {
		try (Http2Peer refusing = new Http2Peer(100, Act.REFUSE); TestPeer one = TestPeer.http2("one")) {
			this.manager = group(Protocol.H2C).tier(refusing.address()).tier(one.address()).manager();
			assertThat(request(method, "/").block(TIMEOUT)).isEqualTo("one");
			assertThat(failures(refusing.address(), "refused")).isOne();
			assertThat(state(refusing.address()).state()).isEqualTo("up");
			assertThat(refusing.requests()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void requestThatTheEndOfAConnectionLeftOutGoesToAnother(String method) {
		try (Http2Peer peer = new Http2Peer(100, Act.ANSWER, Act.LEAVE_OUT)) {
			this.manager = group(Protocol.H2C).maxConnectRetries(0).tier(peer.address()).manager();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("0");
			assertThat(request(method, "/").block(TIMEOUT)).isEqualTo("1");
			assertThat(state(peer.address()).state()).isEqualTo("up");
		}
	}

	@Test
	void requestThatIsRefusedOverAndOverFails() {
		try (Http2Peer peer = new Http2Peer(100, Act.LEAVE_OUT, Act.LEAVE_OUT, Act.LEAVE_OUT)) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			StepVerifier.create(request("/")).verifyError(MultiConnectException.class);
			assertThat(peer.requests()).hasSize(3);
		}
	}

	@Test
	void refusedRequestWhoseBodyIsAStreamIsNotSentTwice() throws Exception {
		try (Http2Peer refusing = new Http2Peer(100, Act.REFUSE); TestPeer one = TestPeer.http2("one")) {
			this.manager = group(Protocol.H2C).tier(refusing.address()).tier(one.address()).manager();
			StepVerifier
				.create(this.manager.httpClient("payments")
					.put()
					.uri("/")
					.send(ByteBufFlux.fromString(Flux.just("a").concatWith(Flux.never())))
					.response())
				.verifyError(IOException.class);
			assertThat(one.requests()).isEmpty();
		}
	}

	@Test
	void requestsThatAreOnTheirWayFinishOnAConnectionThatComesToItsEnd() {
		try (Http2Peer peer = new Http2Peer(100, Act.HOLD, Act.ANSWER_LAST)) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			AtomicReference<String> held = subscribe("/held");
			await().until(() -> peer.requests().size() == 1);
			assertThat(request("/").block(TIMEOUT)).isEqualTo("0");
			assertThat(request("/").block(TIMEOUT)).isEqualTo("1");
			peer.release();
			await().untilAsserted(() -> assertThat(held).hasValue("0"));
			Channel first = peer.connections().get(0);
			await().until(() -> !first.isActive());
			assertThat(peer.resets()).isEmpty();
		}
	}

	@Test
	void cutConnectionMovesIdempotentRequestsOnly() {
		try (Http2Peer cutting = new Http2Peer(100, Act.CUT, Act.CUT); TestPeer one = TestPeer.http2("one")) {
			this.manager = group(Protocol.H2C).markdown(false, 1).tier(cutting.address()).tier(one.address()).manager();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("one");
			StepVerifier.create(request("POST", "/"))
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(IOException.class)
					.isNotInstanceOf(MultiConnectException.class));
			assertThat(one.requests()).hasSize(1);
			assertThat(failures(cutting.address(), "closed")).isEqualTo(2);
		}
	}

	@Test
	void connectionWithASilentPeerIsNotUsedAnyMore() {
		try (Http2Peer peer = new Http2Peer(100, Act.HOLD)) {
			this.manager = group(Protocol.H2C).responseTimeout(Duration.ofMillis(200)).tier(peer.address()).manager();
			StepVerifier.create(request("/")).verifyError(ReadTimeoutException.class);
			await().untilAsserted(() -> assertThat(peer.resets()).containsExactly("CANCEL"));
			assertThat(request("/").block(TIMEOUT)).isEqualTo("1");
			await().until(() -> !peer.connections().get(0).isActive());
		}
	}

	@Test
	void peerThatAllowsNoStreamIsAFailure() {
		try (Http2Peer none = new Http2Peer(0)) {
			this.manager = group(Protocol.H2C).tier(none.address()).manager();
			StepVerifier.create(request("/"))
				.expectErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("No stream could be opened"))
				.verify(TIMEOUT);
			assertThat(none.connections()).hasSizeBetween(1, 3);
		}
	}

	@Test
	void cancelledRequestEndsItsStreamAlone() {
		try (Http2Peer peer = new Http2Peer(100, Act.HOLD, Act.HOLD)) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			AtomicReference<String> other = subscribe("/other");
			Disposable cancelled = request("/").subscribe();
			await().until(() -> peer.requests().size() == 2);
			cancelled.dispose();
			await().untilAsserted(() -> assertThat(peer.resets()).containsExactly("CANCEL"));
			peer.release();
			await().untilAsserted(() -> assertThat(other).hasValue("0"));
			assertThat(request("/").block(TIMEOUT)).isEqualTo("0");
		}
	}

	@Test
	void connectionThatIsIdleForTooLongIsClosed() {
		try (Http2Peer peer = new Http2Peer(100)) {
			this.manager = group(Protocol.H2C).maxConnections(1)
				.pool(10, Duration.ofMillis(100))
				.tier(peer.address())
				.manager();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("0");
			await().until(() -> !peer.connections().get(0).isActive());
			await().until(() -> gauge("support.connections.idle") == 0);
			assertThat(request("/").block(TIMEOUT)).isEqualTo("1");
		}
	}

	@Test
	void noMoreIdleConnectionsAreKeptThanConfigured() {
		try (Http2Peer peer = new Http2Peer(1, Act.HOLD, Act.HOLD, Act.HOLD)) {
			this.manager = group(Protocol.H2C).pool(1, Duration.ofSeconds(30)).tier(peer.address()).manager();
			List<AtomicReference<String>> answers = IntStream.range(0, 3).mapToObj((i) -> subscribe("/" + i)).toList();
			await().until(() -> peer.requests().size() == 3);
			peer.release();
			await().untilAsserted(() -> assertThat(answers).extracting(AtomicReference::get).doesNotContainNull());
			await().until(() -> peer.connections().stream().filter(Channel::isActive).count() == 1);
			await().until(() -> gauge("support.connections.idle") == 1);
		}
	}

	@Test
	void stoppedManagerLetsRequestsFinish() {
		try (Http2Peer peer = new Http2Peer(100, Act.HOLD)) {
			this.manager = group(Protocol.H2C).pool(10, Duration.ofMinutes(1)).tier(peer.address()).manager();
			AtomicReference<String> held = subscribe("/");
			await().until(() -> peer.requests().size() == 1);
			this.manager.stop();
			assertThatException().isThrownBy(() -> request("/").block(TIMEOUT));
			peer.release();
			await().untilAsserted(() -> assertThat(held).hasValue("0"));
			await().until(() -> !peer.connections().get(0).isActive());
			this.manager.start();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("1");
		}
	}

	@Test
	void responseThatComesBeforeItsRequestHasBeenSentEndsTheRequest() throws Exception {
		try (Http2Peer peer = new Http2Peer(100)) {
			this.manager = group(Protocol.H2C).tier(peer.address()).manager();
			String answer = this.manager.httpClient("payments")
				.put()
				.uri("/")
				.send(ByteBufFlux.fromString(Flux.just("a").concatWith(Flux.never())))
				.responseContent()
				.aggregate()
				.asString()
				.block(TIMEOUT);
			assertThat(answer).isEqualTo("0");
			await().untilAsserted(() -> assertThat(peer.resets()).containsExactly("CANCEL"));
			await().until(() -> gauge("support.connections.streams") == 0);
		}
	}

}
