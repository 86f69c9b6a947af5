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

package io.support.eventloop;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

import io.support.eventloop.EventLoopStall.Kind;
import io.support.testing.EventLoopBlocker;
import io.support.testing.HttpConnection;
import io.support.testing.SlowCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link EventLoopWatcher}, with real loops and sockets.
 */
@Timeout(120)
class EventLoopWatcherTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration LONG = Duration.ofMillis(300);

	private static final int LOOPS = 4;

	private static final int ROUNDS = 25;

	private static final int MAX_TRIES = 5;

	private static final List<String> PLACES = List.of("orders", "payments", "refunds", "reports");

	private final List<EventLoopStall> stalls = new CopyOnWriteArrayList<>();

	private final LoopResources loops = LoopResources.create("test-watched", LOOPS, true);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private EventLoopWatcher watcher = watcher(150);

	private @Nullable DisposableServer server;

	private EventLoopWatcher watcher(long thresholdMillis) {
		EventLoopSettings settings = new EventLoopSettings(Duration.ofMillis(20).toNanos(),
				Duration.ofMillis(thresholdMillis).toNanos(), Duration.ofMillis(10).toNanos());
		EventLoopWatcher created = new EventLoopWatcher(settings, System::nanoTime, Clock.systemUTC(),
				this.stalls::add);
		created.bindTo(this.registry);
		created.start();
		return created;
	}

	@AfterEach
	void stop() {
		this.watcher.stop();
		if (this.server != null) {
			this.server.disposeNow(PATIENCE);
		}
		this.loops.disposeLater(Duration.ZERO, PATIENCE).block();
	}

	@Test
	void everyBlockedLoopIsFoundAndNamedWithFrameAndRequest() throws Exception {
		DisposableServer running = start();
		ExecutorService clients = Executors.newFixedThreadPool(LOOPS);
		try {
			List<Callable<String>> tasks = new ArrayList<>();
			for (int i = 0; i < LOOPS; i++) {
				tasks.add(() -> blockOneLoop(running.port()));
			}
			List<String> names = new ArrayList<>();
			for (Future<String> client : clients.invokeAll(tasks)) {
				names.add(client.get());
			}
			assertThat(names).doesNotHaveDuplicates();
		}
		finally {
			clients.shutdownNow();
			assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(blamed()).hasSize(LOOPS * ROUNDS).allSatisfy((stall) -> {
			assertThat(stall.kind()).isEqualTo(Kind.BLOCKED);
			assertThat(stall.dominantFrame()).isNotNull();
			assertThat(stall.dominantFrame().getClassName()).isEqualTo(SlowCode.class.getName());
			assertThat(stall.request()).isEqualTo("GET /" + stall.dominantFrame().getMethodName());
			assertThat(stall.stack()).contains(stall.dominantFrame());
			assertThat(stall.durationNanos()).isGreaterThanOrEqualTo(Duration.ofMillis(150).toNanos());
		});
		assertThat(this.watcher.snapshot().stacks()).hasSize(PLACES.size())
			.allMatch((group) -> group.count() >= (long) LOOPS * (ROUNDS / PLACES.size()));
		assertThat(this.registry.get("support.eventloop.stalls").tag("kind", "blocked").functionCounter().count())
			.isEqualTo(LOOPS * ROUNDS);
	}

	/*
	 * The next request is sent when the stall before has been told. On a machine that is
	 * too busy for the watcher itself a stall may pass as a pause: it is repeated.
	 */
	private String blockOneLoop(int port) throws Exception {
		try (HttpConnection connection = HttpConnection.to(port)) {
			String head = connection.get("/loop");
			String loop = head.substring(head.indexOf("\r\n\r\n") + 4);
			for (int i = 0; i < ROUNDS; i++) {
				String path = "/" + PLACES.get(i % PLACES.size()) + "?card=4711";
				int tries = 0;
				do {
					assertThat(++tries).as("tries of %s", path).isLessThanOrEqualTo(MAX_TRIES);
					assertThat(connection.get(path)).startsWith("HTTP/1.1 200");
				}
				while (!isTold(loop, i + 1));
			}
			return loop;
		}
	}

	private boolean isTold(String loop, int count) {
		try {
			await().pollInterval(Duration.ofMillis(5))
				.atMost(Duration.ofSeconds(1))
				.until(() -> blamed().stream().filter((stall) -> stall.loop().equals(loop)).count() >= count);
			return true;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
	}

	@Test
	void computingLoopIsNotCalledBlocked() throws Exception {
		try (HttpConnection connection = HttpConnection.to(start().port())) {
			connection.get("/compute");
			await().atMost(PATIENCE).until(() -> !blamed().isEmpty());
		}
		EventLoopStall stall = blamed().get(0);
		assertThat(stall.kind()).isIn(Kind.CPU, Kind.STARVED);
		assertThat(stall.dominantFrame()).isNotNull();
		assertThat(stall.dominantFrame().getMethodName()).isEqualTo("compute");
		assertThat(stall.request()).isEqualTo("GET /compute");
	}

	@Test
	void requestWhoseBodyIsBeingReadIsNamed() throws Exception {
		try (HttpConnection connection = HttpConnection.to(start().port())) {
			connection.post("/body", "a body").receive();
			await().atMost(PATIENCE).until(() -> !blamed().isEmpty());
		}
		assertThat(blamed()).first().satisfies((stall) -> assertThat(stall.request()).isEqualTo("POST /body"));
	}

	@Test
	void blockedLoopOfAClientIsFound() {
		LoopResources own = LoopResources.create("test-client", 1, true);
		HttpClient client = this.watcher.observe(HttpClient.create().runOn(own));
		int port = start().port();
		client.get()
			.uri("http://127.0.0.1:" + port + "/loop")
			.responseSingle((response, body) -> body.asString().doOnNext((text) -> slow("payments")))
			.block(PATIENCE);
		await().atMost(PATIENCE).until(() -> !blamed().isEmpty());
		assertThat(blamed()).singleElement().satisfies((stall) -> {
			assertThat(stall.loop()).startsWith("test-client");
			assertThat(stall.request()).isNull();
			assertThat(stall.dominantFrame()).isNotNull();
			assertThat(stall.dominantFrame().getMethodName()).isEqualTo("payments");
		});
		own.disposeLater(Duration.ZERO, PATIENCE).block();
	}

	@Test
	void stallThatGoesOnIsShown() throws Exception {
		EventExecutor loop = watchedLoop(this.watcher);
		try (EventLoopBlocker blocker = EventLoopBlocker.block(loop)) {
			assertThat(blocker).isNotNull();
			await().atMost(PATIENCE).until(() -> this.watcher.snapshot().loops().get(0).stall() != null);
			EventLoopsSnapshot.Loop shown = this.watcher.snapshot().loops().get(0);
			assertThat(shown.stall()).contains("has been blocked for", "EventLoopBlocker.hold", "goes on");
			assertThat(shown.currentDelayNanos()).isGreaterThan(Duration.ofSeconds(1).toNanos());
			assertThat(this.registry.get("support.eventloop.stalled").gauge().value()).isOne();
			assertThat(blamed()).isEmpty();
		}
		await().atMost(PATIENCE).until(() -> blamed().size() == 1);
		assertThat(this.watcher.snapshot().loops().get(0).stall()).isNull();
	}

	@Test
	void garbageCollectionIsNoStallOfALoop() {
		this.watcher.stop();
		this.watcher = watcher(100);
		this.watcher.watch(this.loops.onServer(true));
		Node list = null;
		long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
		while (pauses() < 5 && System.nanoTime() - deadline < 0) {
			// A list is marked by one thread, node by node.
			while (list == null || list.length < 12_000_000) {
				list = new Node(list);
			}
			System.gc();
		}
		assertThat(list).isNotNull();
		assertThat(pauses()).isGreaterThanOrEqualTo(5);
		// Five pauses may be over before the loops have been asked six times.
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.watcher.snapshot().loops()).hasSize(LOOPS)
				.allMatch((loop) -> loop.probes() > 5));
		assertThat(blamed()).isEmpty();
	}

	@Test
	void loopThatIsShutDownIsForgotten() {
		LoopResources own = LoopResources.create("test-own", 1, true);
		this.watcher.watch(own.onServer(true));
		await().atMost(PATIENCE)
			.until(() -> this.registry.find("support.eventloop.delay").timer() != null
					&& this.registry.get("support.eventloop.delay").timer().count() > 0);
		own.disposeLater(Duration.ZERO, PATIENCE).block();
		await().atMost(PATIENCE).until(() -> this.watcher.snapshot().loops().isEmpty());
		await().atMost(PATIENCE).until(() -> this.registry.find("support.eventloop.delay").timer() == null);
	}

	@Test
	void listenerThatFailsDoesNotEndTheWatch() throws Exception {
		EventLoopWatcher failing = new EventLoopWatcher(new EventLoopSettings(Duration.ofMillis(20).toNanos(),
				Duration.ofMillis(150).toNanos(), Duration.ofMillis(10).toNanos()), System::nanoTime, Clock.systemUTC(),
				(stall) -> {
					throw new IllegalStateException("on purpose");
				});
		failing.start();
		try {
			EventExecutor loop = watchedLoop(failing);
			for (long i = 1; i <= 2; i++) {
				long expected = i;
				try (EventLoopBlocker blocker = EventLoopBlocker.block(loop)) {
					assertThat(blocker).isNotNull();
					await().atMost(PATIENCE)
						.until(() -> failing.snapshot().loops().get(0).currentDelayNanos() > LONG.toNanos());
				}
				await().atMost(PATIENCE).until(() -> failing.snapshot().stalls().get("blocked") == expected);
			}
		}
		finally {
			failing.stop();
		}
	}

	/*
	 * Its thread is known when its first probe has run.
	 */
	private EventExecutor watchedLoop(EventLoopWatcher by) {
		EventExecutor loop = this.loops.onServer(true).next();
		by.watch(List.of(loop));
		await().atMost(PATIENCE).until(() -> by.snapshot().loops().get(0).probes() > 0);
		return loop;
	}

	private List<EventLoopStall> blamed() {
		return this.stalls.stream().filter((stall) -> stall.kind() != Kind.PAUSE).toList();
	}

	private long pauses() {
		return this.stalls.stream().filter((stall) -> stall.kind() == Kind.PAUSE).count();
	}

	private DisposableServer start() {
		DisposableServer started = this.watcher.observe(HttpServer.create().host("127.0.0.1").port(0).runOn(this.loops))
			.route((routes) -> {
				routes.get("/loop", (request, response) -> answer(response));
				for (String place : PLACES) {
					routes.get("/" + place, (request, response) -> slowly(place, response));
				}
				routes.get("/compute", (request, response) -> slowly("compute", response));
				routes.post("/body", this::afterTheBody);
			})
			.bindNow(PATIENCE);
		this.server = started;
		return started;
	}

	private Publisher<Void> afterTheBody(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().then(Mono.defer(() -> {
			slow("orders");
			return Mono.from(answer(response));
		}));
	}

	private static Publisher<Void> slowly(String place, HttpServerResponse response) {
		slow(place);
		return answer(response);
	}

	private static void slow(String place) {
		try {
			switch (place) {
				case "orders" -> SlowCode.orders(LONG);
				case "payments" -> SlowCode.payments(LONG);
				case "refunds" -> SlowCode.refunds(LONG);
				case "reports" -> SlowCode.reports(LONG);
				case "compute" -> assertThat(SlowCode.compute(LONG)).isPositive();
				default -> throw new IllegalArgumentException(place);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Publisher<Void> answer(HttpServerResponse response) {
		String loop = Thread.currentThread().getName();
		return response.header("Content-Length", String.valueOf(loop.length())).sendString(Mono.just(loop)).then();
	}

	/**
	 * A node of a long list.
	 */
	@SuppressWarnings("UnusedVariable") // the garbage collector reads it
	private static final class Node {

		private final @Nullable Node next;

		private final int length;

		Node(@Nullable Node next) {
			this.next = next;
			this.length = (next != null) ? next.length + 1 : 1;
		}

	}

}
