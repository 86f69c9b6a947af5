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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.Channel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.support.event.Operation;
import io.support.event.Operations;
import io.support.event.Outcome;
import io.support.stats.MeterTag;
import io.support.stats.StateMachineStats;

/**
 * An address of a group with everything that belongs to it at run time: its pool, its
 * circuit breaker and its figures. Knows nothing of the other addresses.
 */
final class ManagedAddress {

	private static final Log logger = LogFactory.getLog(ManagedAddress.class);

	private final String group;

	private final GroupSettings settings;

	private final ConnectionLimit limit;

	private final AddressLife life = new AddressLife(this::pool);

	private volatile Address address;

	private volatile AddressPool pool;

	private final CircuitBreakerRegistry breakers;

	private final OutgoingConnection.Owner owner;

	private final CircuitBreaker breaker;

	private final Operations operations;

	private final Consumer<String> peers;

	private final KeyValues attributes;

	private final TlsHandshakes handshakes;

	private final StateMachineStats.Followed<AddressHealth> followed;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private final MeterRegistry meters;

	private final Tags tags;

	private final Timer connect;

	private final Timer request;

	private final Counter markdowns;

	private final TaintCounts taints;

	private final AtomicBoolean ending = new AtomicBoolean();

	private final LongAdder attemptCount = new LongAdder();

	private final LongAdder failureCount = new LongAdder();

	private final LongAdder markdownCount = new LongAdder();

	private volatile @Nullable Instant downUntil;

	private volatile @Nullable Failure lastFailure;

	ManagedAddress(GroupSettings settings, Address address, ConnectionLimit limit, ManagerResources manager,
			StateMachineStats<AddressHealth> health) {
		ConnectionResources resources = manager.surroundings();
		this.group = settings.group().name();
		this.settings = settings;
		this.limit = limit;
		this.address = address;
		this.attributes = KeyValues.of(MeterTag.GROUP.asString(), this.group, MeterTag.ADDRESS.asString(),
				address.toString());
		this.operations = resources.operations();
		this.peers = resources.peers();
		this.pool = createPool();
		this.clock = manager.clock();
		this.nanoTime = resources.nanoTime();
		this.breakers = resources.circuitBreakers();
		this.breaker = this.breakers.circuitBreaker(breakerName(), config(settings.markdown(), this.clock));
		this.followed = health.begin(health());
		this.breaker.getEventPublisher().onStateTransition((event) -> stateChanged(event, settings.markdown()));
		this.meters = resources.meters();
		this.tags = Tags.of(MeterTag.GROUP.asString(), this.group, MeterTag.ADDRESS.asString(), address.toString());
		this.connect = ConnectionMeters.CONNECT.timer().tags(this.tags).register(this.meters);
		this.request = ConnectionMeters.REQUEST.timer().tags(this.tags).register(this.meters);
		this.handshakes = new TlsHandshakes(settings, () -> begin("support.tls"),
				ConnectionMeters.TLS.timer().tags(this.tags).register(this.meters), this.nanoTime);
		this.markdowns = ConnectionMeters.MARKDOWNS.counter().tags(this.tags).register(this.meters);
		this.taints = new TaintCounts(this.meters, this.tags);
		this.owner = new OutgoingConnection.Owner(this.group, address, limit, manager.sockets().states(),
				this.taints::add, manager.sockets().probe(), resources.traffic(), resources.nanoTime());
		ConnectionMeters.ACTIVE.gauge(this, ManagedAddress::active).tags(this.tags).register(this.meters);
		ConnectionMeters.IDLE.gauge(this, (self) -> self.pool.idle()).tags(this.tags).register(this.meters);
		if (settings.protocol().isHttp2()) {
			ConnectionMeters.STREAMS.gauge(this, (self) -> self.pool.streams()).tags(this.tags).register(this.meters);
		}
	}

	private AddressPool createPool() {
		return new AddressPool(this.settings, this.address, this.limit, () -> begin("support.dns"));
	}

	/*
	 * Opens when all of the last calls have failed, as many as there may be failures in a
	 * row, and lets one call through after the duration. No thread of its own: the state
	 * changes when somebody asks. No lock either, on which event loops would wait for
	 * each other: such a window has two calls at least, of which one failure is half.
	 */
	private static CircuitBreakerConfig config(GroupSettings.Markdown markdown, Clock clock) {
		int failures = markdown.failures();
		return CircuitBreakerConfig.custom()
			.slidingWindow(Math.max(2, failures), failures, SlidingWindowType.COUNT_BASED,
					SlidingWindowSynchronizationStrategy.LOCK_FREE)
			.failureRateThreshold((failures == 1) ? 50 : 100)
			.waitDurationInOpenState(markdown.duration())
			.permittedNumberOfCallsInHalfOpenState(1)
			.automaticTransitionFromOpenToHalfOpenEnabled(false)
			.initialState(markdown.enabled() ? State.CLOSED : State.DISABLED)
			.clock(clock)
			.build();
	}

	private String breakerName() {
		return "support." + this.group + "." + this.address;
	}

	Address address() {
		return this.address;
	}

	AddressPool pool() {
		return this.pool;
	}

	int active() {
		return this.pool.active();
	}

	/**
	 * Takes another weight.
	 * @param address the same address with its weight
	 */
	void reweigh(Address address) {
		this.address = address;
	}

	boolean isLeaving() {
		return this.life.isLeaving();
	}

	/**
	 * Takes no more attempts, and is gone when everything that has begun is finished.
	 * @param gone is given the address then
	 */
	void leave(Consumer<ManagedAddress> gone) {
		this.life.leave(() -> gone.accept(this));
	}

	/**
	 * Takes attempts again.
	 * @return whether it was not gone already
	 */
	boolean stay() {
		return this.life.stay(() -> this.pool = createPool());
	}

	/**
	 * Removes everything that is registered for the address.
	 */
	void unregister() {
		this.followed.end();
		removeBreaker();
		ConnectionMeters.remove(this.meters, this.tags);
	}

	void removeBreaker() {
		this.breakers.remove(breakerName());
	}

	/**
	 * Says whether requests may use the address.
	 * @return whether it is neither marked down nor being probed
	 */
	boolean isUp() {
		return health() == AddressHealth.UP;
	}

	private AddressHealth health() {
		return AddressHealth.of(this.breaker.getState());
	}

	/**
	 * Begins an attempt at this address, which must {@link Attempt#end() end} and then
	 * {@link #finished() be finished}.
	 * @return the attempt, or {@code null} if the address is marked down or leaving
	 */
	@Nullable Attempt begin() {
		if (!this.life.begin()) {
			return null;
		}
		if (!mayTry()) {
			this.life.end();
			return null;
		}
		this.attemptCount.increment();
		return new Attempt(this, this.breaker.getState() == State.HALF_OPEN, this.nanoTime.getAsLong());
	}

	/*
	 * Ending a markdown takes a lock of the circuit breaker. One loop at a time may do
	 * that: the address is still marked down for the others.
	 */
	private boolean mayTry() {
		if (this.breaker.getState() != State.OPEN) {
			return this.breaker.tryAcquirePermission();
		}
		if (!this.ending.compareAndSet(false, true)) {
			return false;
		}
		try {
			return this.breaker.tryAcquirePermission();
		}
		finally {
			this.ending.set(false);
		}
	}

	/**
	 * Watches a connection to this address from its opening to its end.
	 * @param channel the connection
	 */
	void watch(Channel channel) {
		this.life.follow(channel);
		OutgoingConnection connection = OutgoingConnection.follow(channel, this.owner);
		OpeningWatch.addTo(channel, connection, () -> begin("support.connect"), this.peers, this.handshakes);
		HttpWatch.addTo(channel, connection);
	}

	private Operation begin(String operation) {
		return this.operations.begin(operation, this.attributes);
	}

	MarkedDownException markedDown() {
		Instant until = this.downUntil;
		return MarkedDownException.of(this.group, this.address, (until != null) ? until : this.clock.instant());
	}

	void connected(Attempt attempt) {
		this.connect.record(elapsed(attempt), TimeUnit.NANOSECONDS);
	}

	void succeeded(Attempt attempt) {
		long nanos = elapsed(attempt);
		if (attempt.request() != null) {
			this.request.record(nanos, TimeUnit.NANOSECONDS);
		}
		if (counts(attempt)) {
			this.breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
		}
	}

	/*
	 * Remembers a failure without judging the address by it.
	 */
	void failed(FailureReason reason, Throwable error) {
		this.failureCount.increment();
		this.lastFailure = new Failure(error.toString(), this.clock.instant());
		ConnectionMeters.FAILURES.counter()
			.tags(this.tags)
			.tag(MeterTag.REASON.asString(), reason.tag())
			.register(this.meters)
			.increment();
	}

	/*
	 * Takes a failure for one of those in a row after which the address is marked down.
	 */
	void blame(Attempt attempt, Throwable error) {
		if (counts(attempt)) {
			this.breaker.onError(elapsed(attempt), TimeUnit.NANOSECONDS, error);
		}
	}

	/*
	 * Gives the turn of a probe to another request, since this one has told nothing.
	 */
	void release(Attempt attempt) {
		if (attempt.isProbe()) {
			this.breaker.releasePermission();
		}
	}

	/*
	 * Nothing of an attempt is to be told any more.
	 */
	void finished() {
		this.life.end();
	}

	/*
	 * An attempt from before the markdown says nothing about the address as it is now.
	 */
	private boolean counts(Attempt attempt) {
		return attempt.isProbe() || isUp();
	}

	private long elapsed(Attempt attempt) {
		return this.nanoTime.getAsLong() - attempt.startNanos();
	}

	private void stateChanged(CircuitBreakerOnStateTransitionEvent event, GroupSettings.Markdown markdown) {
		this.followed.to(AddressHealth.of(event.getStateTransition().getToState()));
		switch (event.getStateTransition().getToState()) {
			case OPEN -> markedDown(markdown.duration());
			case CLOSED -> {
				this.downUntil = null;
				logger.info(this.group + ": " + this.address + " is up again");
			}
			default -> {
			}
		}
	}

	private void markedDown(Duration duration) {
		this.downUntil = this.clock.instant().plus(duration);
		this.markdownCount.increment();
		this.markdowns.increment();
		this.operations.happened("support.markdown", Outcome.FAILURE, duration.toNanos(), this.attributes);
		Failure failure = this.lastFailure;
		logger.warn(this.group + ": " + this.address + " is marked down for " + duration.toMillis() + " ms"
				+ ((failure != null) ? ": " + failure.message() : ""));
	}

	ConnectionsSnapshot.AddressState snapshot() {
		Failure failure = this.lastFailure;
		return new ConnectionsSnapshot.AddressState(this.address.toString(), this.address.weight(), health().label(),
				this.downUntil, this.pool.active(), this.pool.idle(), this.attemptCount.sum(), this.failureCount.sum(),
				this.markdownCount.sum(), this.taints.sum(), (failure != null) ? failure.message() : null,
				(failure != null) ? failure.at() : null);
	}

	private record Failure(String message, Instant at) {
	}

}
