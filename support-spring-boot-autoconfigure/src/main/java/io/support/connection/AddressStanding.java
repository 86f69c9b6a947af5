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
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.micrometer.common.KeyValues;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.support.event.Operations;
import io.support.event.Outcome;
import io.support.overload.OutlierMember;
import io.support.overload.OutlierSettings;
import io.support.stats.MeterTag;
import io.support.stats.StateMachineStats;

/**
 * Whether requests should go to an address: what its circuit breaker says, and the
 * comparison with the others of its tier. Thread-safe, and an event loop waits for nobody
 * here.
 */
final class AddressStanding {

	/*
	 * So many in a row may be chance.
	 */
	private static final int FEW = 2;

	private static final Log logger = LogFactory.getLog(AddressStanding.class);

	private final String group;

	private final Address address;

	private final AddressFigures figures;

	private final CircuitBreakerRegistry breakers;

	private final CircuitBreaker breaker;

	private final OutlierMember latency;

	private final Operations operations;

	private final KeyValues attributes;

	private final StateMachineStats.Followed<AddressHealth> followed;

	private final Clock clock;

	private final AtomicBoolean ending = new AtomicBoolean();

	private volatile @Nullable Instant downUntil;

	private volatile @Nullable Instant slowUntil;

	private volatile @Nullable Failure lastFailure;

	/** Since it last served a request. */
	private final AtomicInteger failuresInARow = new AtomicInteger();

	AddressStanding(GroupSettings settings, Address address, OutlierSettings outlier, AddressFigures figures,
			ManagerResources manager, StateMachineStats<AddressHealth> health) {
		ConnectionResources resources = manager.surroundings();
		this.group = settings.group().name();
		this.address = address;
		this.figures = figures;
		this.attributes = KeyValues.of(MeterTag.GROUP.asString(), this.group, MeterTag.ADDRESS.asString(),
				address.toString());
		this.operations = resources.operations();
		this.clock = manager.clock();
		this.breakers = resources.circuitBreakers();
		this.breaker = this.breakers.circuitBreaker(breakerName(), config(settings.markdown(), this.clock));
		this.latency = new OutlierMember(outlier, new LatencyListener());
		this.followed = health.begin(health());
		this.breaker.getEventPublisher().onStateTransition((event) -> stateChanged(event, settings.markdown()));
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

	/**
	 * Removes what is registered for the address.
	 */
	void unregister() {
		this.followed.end();
		removeBreaker();
	}

	void removeBreaker() {
		this.breakers.remove(breakerName());
	}

	/**
	 * Says whether requests may use the address.
	 * @return whether it is neither marked down nor being probed
	 */
	boolean isUp() {
		return AddressHealth.of(this.breaker.getState()) == AddressHealth.UP;
	}

	/**
	 * Says whether requests should rather use another address.
	 * @return whether it answers much later than the others of its tier
	 */
	boolean isLeftOut() {
		return this.latency.isEjected();
	}

	/**
	 * Returns what is compared with the other addresses of the tier.
	 * @return its latencies, as long as the address is there
	 */
	OutlierMember latency() {
		return this.latency;
	}

	AddressHealth health() {
		return health(this.breaker.getState());
	}

	private AddressHealth health(State state) {
		AddressHealth health = AddressHealth.of(state);
		return (health == AddressHealth.UP && isLeftOut()) ? AddressHealth.SLOW : health;
	}

	/*
	 * Ending a markdown takes a lock of the circuit breaker. One loop at a time may do
	 * that: the address is still marked down for the others.
	 */
	boolean mayTry() {
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
	 * Says whether whoever may try now decides if the address is up again.
	 * @return whether the markdown has ended, and nobody has had an answer yet
	 */
	boolean isProbing() {
		return this.breaker.getState() == State.HALF_OPEN;
	}

	void succeeded(long nanos) {
		this.breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
	}

	void failed(long nanos, Throwable error) {
		this.breaker.onError(nanos, TimeUnit.NANOSECONDS, error);
	}

	/**
	 * Lets somebody else try.
	 */
	void release() {
		this.breaker.releasePermission();
	}

	/**
	 * Remembers a failure, whether or not it speaks against the address.
	 * @param error the failure
	 */
	void remember(Throwable error) {
		this.failuresInARow.incrementAndGet();
		this.lastFailure = new Failure(error.toString(), this.clock.instant());
	}

	/**
	 * Learns that it has served a request.
	 */
	void served() {
		if (this.failuresInARow.get() != 0) {
			this.failuresInARow.set(0);
		}
	}

	/**
	 * Says whether a failure of the address is no exception.
	 * @return whether there were some in a row, and nothing that it has served since then
	 */
	boolean isFailing() {
		return this.failuresInARow.get() > FEW;
	}

	MarkedDownException markedDown() {
		Instant until = this.downUntil;
		return MarkedDownException.of(this.group, this.address, (until != null) ? until : this.clock.instant());
	}

	@Nullable Instant downUntil() {
		return this.downUntil;
	}

	@Nullable Instant slowUntil() {
		return this.slowUntil;
	}

	@Nullable Failure lastFailure() {
		return this.lastFailure;
	}

	private void stateChanged(CircuitBreakerOnStateTransitionEvent event, GroupSettings.Markdown markdown) {
		this.followed.to(health(event.getStateTransition().getToState()));
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
		this.figures.markedDown();
		tell(duration, "failures");
		Failure failure = this.lastFailure;
		logger.warn(this.group + ": " + this.address + " is marked down for " + duration.toMillis() + " ms"
				+ ((failure != null) ? ": " + failure.message() : ""));
	}

	private void tell(Duration duration, String reason) {
		this.operations.happened("support.markdown", Outcome.FAILURE, duration.toNanos(),
				this.attributes.and(MeterTag.REASON.asString(), reason));
	}

	/**
	 * What went wrong.
	 *
	 * @param message what
	 * @param at when
	 */
	record Failure(String message, Instant at) {
	}

	/**
	 * Is told that the others of the tier are to be preferred, and for how long.
	 */
	private final class LatencyListener implements OutlierMember.Listener {

		@Override
		public void ejected(long medianNanos, long othersNanos, long durationNanos) {
			leftOut(durationNanos, "half of its answers take " + millis(medianNanos)
					+ " ms and more, those of the others " + millis(othersNanos) + " ms");
		}

		@Override
		public void silent(int times, long silentNanos, long durationNanos) {
			leftOut(durationNanos, "others were faster " + times + " times in a row, and it has said nothing for "
					+ millis(silentNanos) + " ms");
		}

		@Override
		public void returned() {
			AddressStanding.this.slowUntil = null;
			AddressStanding.this.followed.to(health());
			logger.info(AddressStanding.this.group + ": " + AddressStanding.this.address + " is not left out any more");
		}

		private void leftOut(long durationNanos, String why) {
			Duration duration = Duration.ofNanos(durationNanos);
			AddressStanding.this.slowUntil = AddressStanding.this.clock.instant().plus(duration);
			AddressStanding.this.followed.to(health());
			AddressStanding.this.figures.leftOut();
			tell(duration, "latency");
			logger.warn(AddressStanding.this.group + ": " + AddressStanding.this.address + " is left out for "
					+ duration.toMillis() + " ms: " + why);
		}

		private static long millis(long nanos) {
			return TimeUnit.NANOSECONDS.toMillis(nanos);
		}

	}

}
