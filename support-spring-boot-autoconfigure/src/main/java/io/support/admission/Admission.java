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

package io.support.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import reactor.netty.http.server.HttpServer;

import io.support.context.ContextContributor;
import io.support.netty.RequestPipelines;
import io.support.overload.Pressure;
import io.support.overload.SojournControl;
import io.support.stats.Sketches;
import io.support.stats.StateMachineStats;

/**
 * Answers requests with 503 and {@code Retry-After} before the application sees them,
 * where the event loop came to them too late to serve them, by the same control law as
 * the accept queue's, or where as many are in flight as can be served in time.
 * <p>
 * Requests of HTTP/1.1 and of HTTP/2 are judged, whatever the way by which the protocol
 * was agreed upon. Thread-safe.
 */
public final class Admission implements ContextContributor {

	private static final String NAME = "support.admission";

	/**
	 * The name of the stream of paths that have been requested.
	 */
	private static final String PATHS = "paths";

	private final AdmissionSettings settings;

	private final LongSupplier clock;

	private final StateMachineStats<RequestState> states;

	private final AdmissionStatistics statistics = new AdmissionStatistics();

	private final SojournControl control;

	private final Judge judge;

	/*
	 * As many as the server has loops.
	 */
	private final Map<EventLoop, LoopTurn> turns = new ConcurrentHashMap<>();

	/**
	 * Creates an admission for one server.
	 * @param settings how long a request may have waited
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 */
	public Admission(AdmissionSettings settings, LongSupplier clock) {
		this(settings, new Pressure(clock.getAsLong()), Sketches.none(), new StateMachineStats<>(RequestState.class),
				clock);
	}

	/**
	 * Creates an admission for one server.
	 * @param settings how long a request may have waited
	 * @param pressure what is refused here and by the server's acceptor
	 * @param sketches where the paths of requests that are admitted are counted, as
	 * {@value #PATHS}
	 * @param states what is told of what becomes of the requests
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 */
	public Admission(AdmissionSettings settings, Pressure pressure, Sketches sketches,
			StateMachineStats<RequestState> states, LongSupplier clock) {
		this.settings = settings;
		this.states = states;
		this.clock = clock;
		this.control = new SojournControl(settings.delay(), pressure, clock.getAsLong());
		this.judge = new Judge(settings, this.statistics, sketches.stream(PATHS), clock);
	}

	/**
	 * Puts admission before the server's handler.
	 * @param server the server
	 * @return the server with admission
	 */
	public HttpServer guard(HttpServer server) {
		return RequestPipelines.handle(server, NAME, (channel, kind) -> new AdmissionHandler(turn(channel.eventLoop()),
				this.judge, ending(kind), new RequestProgress(this.states)));
	}

	private AdmissionHandler.Ending ending(RequestPipelines.Kind kind) {
		return switch (kind) {
			case STREAM -> AdmissionHandler.Ending.STREAM;
			case CONNECTION -> this.settings.closes() ? AdmissionHandler.Ending.CLOSE : AdmissionHandler.Ending.KEEP;
		};
	}

	private LoopTurn turn(EventLoop loop) {
		return this.turns.computeIfAbsent(loop,
				(key) -> new LoopTurn(key, this.settings.delay(), this.control, this.clock));
	}

	/**
	 * Shows what is counted in a registry.
	 * @param registry the registry
	 */
	public void bindTo(MeterRegistry registry) {
		this.statistics.bindTo(registry, this.judge);
		AdmissionMeters.DELAY_LIMIT.gauge(this, Admission::maxDelaySeconds).register(registry);
	}

	private double maxDelaySeconds() {
		return this.control.maxAgeNanos(this.clock.getAsLong()) / 1e9;
	}

	@Override
	public String name() {
		return "admission";
	}

	@Override
	public AdmissionSnapshot snapshot() {
		long now = this.clock.getAsLong();
		return new AdmissionSnapshot(this.turns.size(), this.control.isOverloaded(now), this.control.maxAgeNanos(now),
				this.statistics.inFlight(), this.judge.limitSnapshot(), this.statistics.admittedCount(),
				this.statistics.refusedCounts());
	}

}
