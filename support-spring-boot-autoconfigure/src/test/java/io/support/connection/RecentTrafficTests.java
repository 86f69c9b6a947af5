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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.support.connection.ScriptedPeer.Line;
import io.support.connection.traffic.RecentTraffic;
import io.support.connection.traffic.SecretFilter;
import io.support.connection.traffic.TrafficSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecentTraffic}, on real sockets.
 */
@Timeout(60)
class RecentTrafficTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

	private final LoopResources loops = LoopResources.create("test-client", 1, true);

	private final TestConnections connections = new TestConnections().customizer((client) -> client.runOn(this.loops));

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> request.receive()
			.aggregate()
			.asString()
			.defaultIfEmpty("")
			.flatMap((body) -> response.header("Set-Cookie", "sid=hunter2")
				.header("Content-Type", Objects.toString(request.requestHeaders().get("Content-Type"), "text/plain"))
				.status(201)
				.sendString(Mono.just(body))
				.then()))
		.bindNow();

	private RecentTraffic traffic;

	private ConnectionManager manager;

	@AfterEach
	void close() {
		if (this.manager != null) {
			this.manager.close();
		}
		this.server.disposeNow();
		this.loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);
	}

	private void start(String address, int size, boolean capture) {
		start(address, size, capture, 512);
	}

	private void start(String address, int size, boolean capture, int payloadBytes) {
		this.traffic = new RecentTraffic(new TrafficSettings(size, capture, payloadBytes),
				(key, value) -> key.toLowerCase(Locale.ROOT).contains("password") ? SecretFilter.MASK : value, CLOCK,
				this.connections.nanos::get);
		this.manager = this.connections.tier(address).traffic(this.traffic).manager();
	}

	private String address() {
		return "127.0.0.1:" + this.server.port();
	}

	@Test
	void metadataIsKeptAndNothingElse() throws Exception {
		start(address(), 8, false);
		this.connections.advance(Duration.ofSeconds(7));
		assertThat(post("/orders;jsessionid=hunter2/17?token=hunter2", "password=hunter2")).contains("hunter2");
		JsonNode exchange = await(1).get(0);
		assertThat(exchange.get("group").asString()).isEqualTo("payments");
		assertThat(exchange.get("address").asString()).isEqualTo(address());
		assertThat(exchange.get("protocol").asString()).isEqualTo("http/1.1");
		assertThat(exchange.get("method").asString()).isEqualTo("POST");
		assertThat(exchange.get("path").asString()).isEqualTo("/orders/17");
		assertThat(exchange.get("status").asInt()).isEqualTo(201);
		assertThat(exchange.get("outcome").asString()).isEqualTo("complete");
		assertThat(exchange.get("startedAt").asString()).isEqualTo("2026-01-02T03:04:12Z");
		assertThat(exchange.get("sentBytes").asLong()).isGreaterThan(100);
		assertThat(exchange.get("receivedBytes").asLong()).isGreaterThan(50);
		assertThat(exchange.get("durationNanos").asLong()).isZero();
		assertThat(exchange.get("request").isNull()).isTrue();
		assertThat(exchange.get("response").isNull()).isTrue();
		assertThat(json().toString()).doesNotContain("hunter2");
	}

	@Test
	void payloadIsKeptWithoutItsSecretsWhereThatIsAskedFor() throws Exception {
		start(address(), 8, true);
		assertThat(post("/", "user=joe&password=hunter2")).contains("hunter2");
		JsonNode exchange = await(1).get(0);
		assertThat(exchange.get("request").get("payload").asString()).isEqualTo("user=joe&password=******");
		assertThat(exchange.get("response").get("payload").asString()).isEqualTo("user=joe&password=******");
		assertThat(exchange.get("response").get("headers").get("Set-Cookie").asString()).isEqualTo("******");
		assertThat(exchange.get("request").get("headers").get("Authorization").asString()).isEqualTo("******");
		assertThat(exchange.get("request").get("truncated").asBoolean()).isFalse();
		assertThat(json().toString()).doesNotContain("hunter2");
	}

	@Test
	void payloadIsCutAndItsSecretsAreHiddenAllTheSame() throws Exception {
		start(address(), 8, true, 64);
		assertThat(post("/", "a=" + "x".repeat(40) + "&password=" + "hunter2".repeat(100))).contains("hunter2");
		JsonNode request = await(1).get(0).get("request");
		assertThat(request.get("payload").asString()).isEqualTo("a=" + "x".repeat(40) + "&password=******");
		assertThat(request.get("truncated").asBoolean()).isTrue();
	}

	@Test
	void ringHoldsTheLastExchangesOnly() throws Exception {
		start(address(), 3, true);
		for (int i = 0; i < 10; i++) {
			this.connections.advance(Duration.ofMillis(1));
			get("/" + i);
		}
		assertThat(await(3)).extracting((exchange) -> exchange.get("path").asString())
			.containsExactly("/9", "/8", "/7");
		assertThat(json().get("recorded").asLong()).isEqualTo(10);
		assertThat(json().get("size").asInt()).isEqualTo(3);
	}

	@Test
	void outcomeIsTold() throws Exception {
		try (ScriptedPeer peer = new ScriptedPeer()) {
			start(peer.address(), 8, false);
			CompletableFuture<String> cut = client().get()
				.uri("/cut")
				.responseContent()
				.aggregate()
				.asString()
				.toFuture();
			Line line = peer.accept();
			line.request();
			line.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").close();
			assertThat(cut).failsWithin(TIMEOUT);
			assertThat(await(1).get(0).get("outcome").asString()).isEqualTo("cut");
			this.connections.advance(Duration.ofMillis(1));
			var abandoned = client().get().uri("/abandoned").response().subscribe();
			peer.accept().request();
			abandoned.dispose();
			assertThat(await(2).get(0).get("outcome").asString()).isEqualTo("abandoned");
			this.connections.advance(Duration.ofMillis(1));
			StepVerifier.create(client().responseTimeout(Duration.ofMillis(100)).get().uri("/silent").response())
				.verifyError();
			JsonNode failed = await(3).get(0);
			assertThat(failed.get("outcome").asString()).isEqualTo("failed");
			assertThat(failed.get("error").asString()).isEqualTo("ReadTimeoutException");
			assertThat(failed.get("status").isNull()).isTrue();
			assertThat(failed.get("firstResponseNanos").isNull()).isTrue();
		}
	}

	@Test
	void useOfARawConnectionIsOneExchange() throws Exception {
		try (ScriptedPeer peer = new ScriptedPeer()) {
			start(peer.address(), 8, true);
			ManagedConnection connection = Objects.requireNonNull(this.manager.connect("payments").block(TIMEOUT));
			Line line = peer.accept();
			connection.connection()
				.outbound()
				.sendString(Mono.just("USER joe\nPassword: hunter2\n"))
				.then()
				.block(TIMEOUT);
			line.until("hunter2\n");
			line.say("OK\n");
			assertThat(connection.connection().inbound().receive().asString().next().block(TIMEOUT)).isEqualTo("OK\n");
			connection.release();
			JsonNode exchange = await(1).get(0);
			assertThat(exchange.get("protocol").asString()).isEqualTo("tcp");
			assertThat(exchange.get("outcome").asString()).isEqualTo("complete");
			assertThat(exchange.get("sentBytes").asLong()).isEqualTo(27);
			assertThat(exchange.get("receivedBytes").asLong()).isEqualTo(3);
			assertThat(exchange.get("request").get("payload").asString()).isEqualTo("USER joe\nPassword: ******\n");
			assertThat(exchange.get("response").get("payload").asString()).isEqualTo("OK\n");
		}
	}

	@Test
	void everyExchangeIsKeptOnceHoweverManyThereAreAtATime() throws Exception {
		start(address(), 512, true);
		Mono.when(IntStream.range(0, 400)
			.mapToObj((i) -> client().get().uri("/" + i).responseContent().then())
			.limit(90)
			.toList()).block(TIMEOUT);
		assertThat(await(90)).extracting((exchange) -> exchange.get("path").asString()).doesNotHaveDuplicates();
	}

	private HttpClient client() {
		try {
			return this.manager.httpClient("payments");
		}
		catch (NameNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String get(String uri) {
		return client().get().uri(uri).responseContent().aggregate().asString().block(TIMEOUT);
	}

	private String post(String uri, String form) {
		return client()
			.headers((headers) -> headers.set("Authorization", "Bearer hunter2hunter2")
				.set(HttpHeaderNames.CONTENT_TYPE, "application/x-www-form-urlencoded"))
			.post()
			.uri(uri)
			.send(ByteBufFlux.fromString(Mono.just(form)))
			.responseContent()
			.aggregate()
			.asString()
			.block(TIMEOUT);
	}

	private List<JsonNode> await(int count) {
		return Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> json().get("exchanges").valueStream().toList(), (exchanges) -> exchanges.size() == count);
	}

	private JsonNode json() {
		return JsonMapper.shared().valueToTree(Map.of("traffic", this.traffic.snapshot())).get("traffic");
	}

}
