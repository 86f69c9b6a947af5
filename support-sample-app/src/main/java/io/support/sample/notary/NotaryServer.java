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

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.json.JsonMapper;

/**
 * One notary: an HTTP server on an event loop of its own that answers {@code PUT
 * /stamps/{id}} with a {@link Stamp}, the same stamp for the same name as long as it
 * remembers it. It fails as services fail: it can be stopped, which drops its connections
 * as the end of a process would, and it cuts off a share of the requests.
 * <p>
 * Thread-safe. {@link #start()} and {@link #stop()} block and must not be called from an
 * event loop.
 */
final class NotaryServer {

	private static final int REMEMBERED_STAMPS = 1000;

	/*
	 * Not zero: a loop that finds nothing more to do, and no time to wait for it, may end
	 * before it has closed its sockets.
	 */
	private static final Duration QUIET_PERIOD = Duration.ofMillis(1);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	private final String name;

	private final Duration delay;

	private final JsonMapper json;

	private final Clock clock;

	private final Map<String, Stamp> stamps = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Stamp> eldest) {
			return size() > REMEMBERED_STAMPS;
		}

	};

	private final AtomicLong serial = new AtomicLong();

	private final AtomicLong cuts = new AtomicLong();

	private volatile InetSocketAddress address;

	private volatile double cutShare;

	private volatile @Nullable LoopResources loop;

	NotaryServer(String name, InetSocketAddress address, Duration delay, double cutShare, JsonMapper json,
			Clock clock) {
		this.name = name;
		this.address = address;
		this.delay = delay;
		this.cutShare = cutShare;
		this.json = json;
		this.clock = clock;
	}

	String name() {
		return this.name;
	}

	synchronized void start() {
		if (this.loop != null) {
			return;
		}
		LoopResources started = LoopResources.create("notary-" + this.name, 1, true);
		try {
			this.address = (InetSocketAddress) HttpServer.create()
				.runOn(started)
				.bindAddress(() -> this.address)
				.route((routes) -> routes.put("/stamps/{id}", this::answer))
				.bindNow()
				.address();
		}
		catch (RuntimeException ex) {
			started.dispose();
			throw ex;
		}
		this.loop = started;
	}

	synchronized void stop() {
		LoopResources running = this.loop;
		if (running != null) {
			this.loop = null;
			running.disposeLater(QUIET_PERIOD, STOP_TIMEOUT).block(STOP_TIMEOUT);
		}
	}

	/**
	 * Returns where the notary listens while it runs. A port that was 0 is the one that
	 * it got when it was started first.
	 * @return the address
	 */
	InetSocketAddress address() {
		return this.address;
	}

	void cutShare(double cutShare) {
		if (!(cutShare >= 0 && cutShare <= 1)) {
			throw new IllegalArgumentException("cutShare must be from 0 to 1, was: " + cutShare);
		}
		this.cutShare = cutShare;
	}

	NotaryState state() {
		InetSocketAddress address = this.address;
		return new NotaryState(this.name, address.getHostString() + ":" + address.getPort(), this.loop != null,
				this.cutShare, this.serial.get(), this.cuts.get());
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.then(Mono.delay(this.delay))
			.flatMap((tick) -> isCut() ? cut(response) : stamp(request, response));
	}

	private boolean isCut() {
		return ThreadLocalRandom.current().nextDouble() < this.cutShare;
	}

	private Mono<Void> cut(HttpServerResponse response) {
		this.cuts.incrementAndGet();
		response.withConnection(DisposableChannel::dispose);
		return Mono.never();
	}

	private Mono<Void> stamp(HttpServerRequest request, HttpServerResponse response) {
		String id = String.valueOf(request.param("id"));
		return response.header(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
			.sendString(Mono.fromSupplier(() -> this.json.writeValueAsString(stamp(id))))
			.then();
	}

	private Stamp stamp(String id) {
		synchronized (this.stamps) {
			return this.stamps.computeIfAbsent(id,
					(key) -> new Stamp(this.name, this.serial.incrementAndGet(), this.clock.instant()));
		}
	}

}
