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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.netty.channel.Channel;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.support.connection.Http2Peer.Act;
import io.support.connection.ScriptedPeer.Line;
import io.support.connection.traffic.RecentTraffic;
import io.support.connection.traffic.TrafficSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * What holds for connections holds for those of HTTP/2, although many requests share one:
 * how many there may be, their states, when they end, and what is kept of them.
 */
class Http2ConnectionTests extends AbstractHttp2Tests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

	private final RecentTraffic traffic = new RecentTraffic(new TrafficSettings(64, true, 512), (key, value) -> value,
			CLOCK, this.connections.nanos::get);

	@Test
	void connectionGoesFromStateToState() {
		try (TestPeer peer = TestPeer.http2("answer")) {
			this.manager = group(Protocol.H2C).pool(10, Duration.ofMinutes(1)).tier(peer.address()).manager();
			Flux.range(0, 10).flatMap((i) -> request("/"), 10).then().block(TIMEOUT);
			await().until(() -> this.connections.present("POOLED") == 1);
			request("/").block(TIMEOUT);
			await().until(() -> this.connections.present("POOLED") == 1);
			this.manager.stop();
			await().untilAsserted(() -> assertThat(this.connections.states().present()).isZero());
			assertThat(this.connections.states().steps()).extracting("from", "to")
				.containsExactlyInAnyOrder(tuple("CONNECTING", "CONNECTED"), tuple("CONNECTED", "IN_USE"),
						tuple("IN_USE", "POOLED"), tuple("POOLED", "IN_USE"), tuple("POOLED", "CLOSED"),
						tuple("CLOSED", null));
		}
	}

	@Test
	void connectionWithoutAStreamMakesRoom() {
		try (Http2Peer orders = new Http2Peer(100); Http2Peer payments = new Http2Peer(100)) {
			this.manager = group(Protocol.H2C).tier(payments.address())
				.orders(orders.address())
				.maxConnectionsOfAll(1)
				.manager();
			assertThat(ask("orders").block(TIMEOUT)).isEqualTo("0");
			await().until(() -> this.connections.present("POOLED") == 1);
			assertThat(ask("payments").block(TIMEOUT)).isEqualTo("0");
			await().until(() -> !orders.connections().get(0).isActive());
			await().until(() -> this.connections.present("POOLED") == 1);
			assertThat(this.connections.meters.get("support.connections.culled").functionCounter().count()).isOne();
			assertThat(refused("process")).isZero();
			assertThat(ask("orders").block(TIMEOUT)).isEqualTo("1");
			assertThat(gauge("support.connections.open")).isOne();
		}
	}

	@Test
	void connectionWithAStreamMakesNone() {
		try (Http2Peer orders = new Http2Peer(100, Act.HOLD); Http2Peer payments = new Http2Peer(100)) {
			this.manager = group(Protocol.H2C).tier(payments.address())
				.orders(orders.address())
				.maxConnectionsOfAll(1)
				.manager();
			AtomicReference<String> held = new AtomicReference<>();
			ask("orders").subscribe(held::set);
			await().until(() -> orders.requests().size() == 1);
			StepVerifier.create(Flux.range(0, 3).flatMapDelayError((i) -> ask("payments"), 3, 3))
				.verifyErrorSatisfies((error) -> assertThat(reactor.core.Exceptions.unwrapMultiple(error)).hasSize(3)
					.allSatisfy((one) -> assertThat(((MultiConnectException) one).causes().values()).singleElement()
						.satisfies((cause) -> assertThat(cause).isInstanceOf(OutOfSocketsException.class)
							.hasMessageContaining("support.connections.max-connections"))));
			assertThat(refused("process")).isEqualTo(3);
			assertThat(payments.connections()).isEmpty();
			orders.release();
			await().untilAsserted(() -> assertThat(held).hasValue("0"));
			await().until(() -> this.connections.present("POOLED") == 1);
			assertThat(ask("payments").block(TIMEOUT)).isEqualTo("0");
		}
	}

	@Test
	void requestNeverNoticesThatRoomIsMade() {
		AtomicInteger open = new AtomicInteger();
		AtomicInteger mostOpen = new AtomicInteger();
		try (TestPeer orders = TestPeer.http2("orders"); TestPeer payments = TestPeer.http2("payments")) {
			this.manager = group(Protocol.H2C).tier(payments.address())
				.orders(orders.address())
				.maxConnectionsOfAll(1)
				.customizer((client) -> client.doOnChannelInit((observer, channel, remote) -> {
					mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
					channel.closeFuture().addListener((future) -> open.decrementAndGet());
				}))
				.manager();
			AtomicInteger served = new AtomicInteger();
			Flux.fromStream(IntStream.range(0, 1000).boxed())
				.flatMap((i) -> Mono.defer(() -> ask((i % 2 != 0) ? "orders" : "payments"))
					.subscribeOn(Schedulers.parallel())
					.doOnNext((answer) -> served.incrementAndGet())
					.onErrorResume(Http2ConnectionTests::isOutOfSockets, (error) -> Mono.empty()), 2)
				.then()
				.block(TIMEOUT);
			assertThat(served.get()).isPositive();
			assertThat(mostOpen).hasValue(1);
			assertThat(this.connections.meters.get("support.connections.culled").functionCounter().count())
				.isPositive();
		}
	}

	private static boolean isOutOfSockets(Throwable error) {
		return error instanceof MultiConnectException all
				&& all.causes().values().stream().allMatch(OutOfSocketsException.class::isInstance);
	}

	@Test
	void connectionThatHasJustBeenTakenMakesNoRoom() {
		AtomicReference<Channel> channel = new AtomicReference<>();
		AtomicReference<Boolean> closed = new AtomicReference<>();
		AtomicBoolean held = new AtomicBoolean(true);
		AtomicInteger turns = new AtomicInteger();
		try (Http2Peer peer = new Http2Peer(100)) {
			this.manager = group(Protocol.H2C).tier(peer.address())
				.customizer((client) -> client.doOnChannelInit((observer, opened, remote) -> channel.set(opened)))
				.manager();
			assertThat(request("/").block(TIMEOUT)).isEqualTo("0");
			await().until(() -> this.connections.present("POOLED") == 1);
			// The loop gets to know that it is to be closed, and then that it was taken.
			channel.get().eventLoop().execute(() -> {
				while (held.get()) {
					turns.incrementAndGet();
				}
			});
			OutgoingConnection.of(channel.get()).closeIfIdle().subscribe(closed::set);
			AtomicReference<String> answer = subscribe("/");
			await().until(() -> gauge("support.connections.streams") == 1);
			held.set(false);
			await().untilAsserted(() -> assertThat(answer).hasValue("0"));
			assertThat(closed).hasValue(false);
		}
		finally {
			held.set(false);
		}
	}

	@Test
	void addressThatIsLeftOutFinishesItsStreams() {
		TestSource source = new TestSource();
		try (Http2Peer one = new Http2Peer(100, Act.HOLD); Http2Peer two = new Http2Peer(100)) {
			group(Protocol.H2C);
			this.manager = this.connections.manager(new AddressSources(Map.of(), List.of(source), null,
					(name) -> this.connections.settings(name, List.of()), 1));
			source.set("payments", one.address());
			AtomicReference<String> held = subscribe("/held");
			await().until(() -> one.requests().size() == 1);
			source.set("payments", two.address());
			assertThat(request("/").block(TIMEOUT)).isEqualTo("0");
			assertThat(two.requests()).hasSize(1);
			Channel connection = one.connections().get(0);
			assertThat(connection.isActive()).isTrue();
			assertThat(
					this.connections.meters.find("support.connections.streams").tag("address", one.address()).gauge())
				.isNotNull();
			one.release();
			await().untilAsserted(() -> assertThat(held).hasValue("0"));
			await().until(() -> !connection.isActive());
			await().until(() -> this.connections.meters.find("support.connections.streams")
				.tag("address", one.address())
				.gauge() == null);
		}
	}

	@Test
	void connectionThatIsOpenedTooLateIsClosed() throws IOException {
		try (ScriptedPeer peer = new ScriptedPeer()) {
			this.manager = group(Protocol.H2C).pool(10, Duration.ofMinutes(1)).tier(peer.address()).manager();
			AtomicReference<String> first = subscribe("/");
			Line line = peer.accept();
			line.until("PRI * HTTP/2.0");
			this.manager.stop();
			// Empty settings; then a goodbye is all that comes.
			line.say("\0\0\0\4\0\0\0\0\0");
			line.until("payments");
			assertThat(first).hasNullValue();
			// The end of its stream, with no headers.
			line.say("\0\0\4\3\0\0\0\0\3\0\0\0\0");
			assertThatIOException().isThrownBy(() -> line.until("what does not come"))
				.withMessageStartingWith("The end came after");
			await().untilAsserted(() -> assertThat(first.get()).isNotNull());
		}
	}

	@Test
	void everyStreamIsOneExchange() {
		try (Http2Peer peer = new Http2Peer(100, Act.ANSWER, Act.HOLD, Act.CUT)) {
			this.manager = group(Protocol.H2C).traffic(this.traffic).tier(peer.address()).manager();
			String answer = client().put()
				.uri("/invoices/17?token=hunter2")
				.send(ByteBufFlux.fromString(Mono.just("hello")))
				.responseContent()
				.aggregate()
				.asString()
				.block(TIMEOUT);
			assertThat(answer).isEqualTo("0");
			JsonNode first = exchanges(1).get(0);
			assertThat(first.get("protocol").asString()).isEqualTo("http/2");
			assertThat(first.get("address").asString()).isEqualTo(peer.address());
			assertThat(first.get("method").asString()).isEqualTo("PUT");
			assertThat(first.get("path").asString()).isEqualTo("/invoices/17");
			assertThat(first.get("status").asInt()).isEqualTo(200);
			assertThat(first.get("outcome").asString()).isEqualTo("complete");
			assertThat(first.get("sentBytes").asLong()).isEqualTo(5);
			assertThat(first.get("receivedBytes").asLong()).isEqualTo(1);
			var cancelled = request("/cancelled").subscribe();
			await().until(() -> peer.requests().size() == 2);
			cancelled.dispose();
			exchanges(2);
			StepVerifier.create(request("POST", "/cut")).verifyError(IOException.class);
			assertThat(exchanges(3))
				.extracting((exchange) -> exchange.get("path").asString() + " " + exchange.get("outcome").asString())
				.containsExactlyInAnyOrder("/invoices/17 complete", "/cancelled abandoned", "/cut cut");
		}
	}

	private List<JsonNode> exchanges(int count) {
		return await().atMost(TIMEOUT)
			.until(() -> JsonMapper.shared()
				.valueToTree(Map.of("traffic", this.traffic.snapshot()))
				.get("traffic")
				.get("exchanges")
				.valueStream()
				.toList(), (exchanges) -> exchanges.size() == count);
	}

	private double refused(String reason) {
		return this.connections.meters.get("support.connections.refused")
			.tags("group", "payments", "reason", reason)
			.counter()
			.count();
	}

}
