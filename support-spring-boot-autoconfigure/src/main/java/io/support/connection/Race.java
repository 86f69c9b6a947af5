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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;

/**
 * The way of one request through the addresses of its group. The next one gets it when
 * one has failed, until one answers, the request must not be sent again, or no address is
 * left.
 * <p>
 * Several may be on their way at the same time. While a connection is being opened for
 * longer than that usually takes, another address is tried too: whatever is connected to
 * first gets the request, and the rest finish connecting, so that it is known what is
 * wrong with them. And a request that does no harm twice is hedged, if the group is
 * configured so: the next address gets it when those before have been silent for a while.
 * The first answer wins, whatever its status, and the other attempts are cancelled.
 * <p>
 * Every attempt subscribes to the same exchange. That is safe: each subscription of
 * Reactor Netty's makes a handler, a connection and a request of its own, and cancelling
 * one closes its connection, or leaves a connection that is still being opened unused.
 * What an exchange calls more than once is the caller's body, and that at the same time;
 * hence it is looked at again before anything is sent.
 * <p>
 * Thread-safe. Attempts end on their own event loops, and the next one begins on the
 * timer of one: nobody waits, and the lock is held for moments only.
 */
final class Race {

	private final ManagedGroup group;

	private final Mono<Connection> exchange;

	private final Repetition repetition;

	private final MonoSink<Connection> sink;

	private final Route route;

	/** When it is hedged; empty for never. */
	private final List<Duration> delays;

	private final long startNanos;

	/** Those that have not ended. */
	private final List<RaceRunner> runners = new ArrayList<>();

	private @Nullable EventLoopGroup eventLoops;

	private final RaceTimer hedgeTimer = new RaceTimer(this::hedge);

	private final RaceTimer connectTimer = new RaceTimer(this::connectOnward);

	private int nextDelay;

	/** Whether two have sent at the same time. */
	private boolean shared;

	/** Whether nobody may begin to send any more. */
	private boolean closed;

	private boolean over;

	private @Nullable Attempt winner;

	private Race(ManagedGroup group, Mono<Connection> exchange, Repetition repetition, MonoSink<Connection> sink) {
		this.group = group;
		this.exchange = exchange;
		this.repetition = repetition;
		this.sink = sink;
		this.route = new Route(group);
		this.delays = group.settings().hedge().enabled() ? group.settings().hedge().delays() : List.of();
		this.startNanos = group.nanoTime();
	}

	static Mono<Connection> start(ManagedGroup group, Mono<Connection> exchange, Repetition repetition) {
		return Mono.create((sink) -> new Race(group, exchange, repetition, sink).start());
	}

	private void start() {
		this.sink.onCancel(this::cancelled);
		RaceRunner first;
		synchronized (this) {
			first = enter(this.route.first());
		}
		if (first == null) {
			this.sink.error(this.route.exhausted());
			return;
		}
		first.run();
	}

	private @Nullable RaceRunner enter(@Nullable Attempt attempt) {
		if (attempt == null) {
			return null;
		}
		RaceRunner runner = new RaceRunner(this, attempt, this.exchange, this.sink.contextView());
		this.runners.add(runner);
		return runner;
	}

	/*
	 * Only now the method is known.
	 */
	synchronized void asked(RaceRunner runner, EventLoopGroup eventLoops) {
		this.eventLoops = eventLoops;
		if (this.repetition.isIdempotent(runner.attempt())) {
			setTimer();
		}
		if (runner.attempt().reuse() == Reuse.REFUSED || runner.attempt().address().pool().mustConnect()) {
			setConnectTimer(eventLoops);
		}
	}

	/*
	 * There is none where a connection is kept: it would cost more than it brings.
	 */
	private void setConnectTimer(EventLoopGroup eventLoops) {
		ConnectPace pace = this.group.pace();
		if (!this.over && !isSending() && !this.connectTimer.isSet() && !pace.isPatientForEver()
				&& this.route.hasNext()) {
			this.connectTimer.set(eventLoops, pace.patienceNanos());
		}
	}

	private void connectOnward() {
		RaceRunner next;
		synchronized (this) {
			this.connectTimer.over();
			if (this.over || isSending()) {
				return;
			}
			next = enter(this.route.connectOnward());
		}
		if (next != null) {
			next.run();
		}
	}

	private void setTimer() {
		if (this.nextDelay < this.delays.size() && this.route.hasNext()) {
			long elapsed = this.group.nanoTime() - this.startNanos;
			setTimer(Math.max(0, this.delays.get(this.nextDelay).toNanos() - elapsed));
		}
	}

	private void setTimer(long nanos) {
		if (!this.over && !this.hedgeTimer.isSet() && this.eventLoops != null) {
			this.hedgeTimer.set(this.eventLoops, nanos);
		}
	}

	private void hedge() {
		RaceRunner next = null;
		synchronized (this) {
			if (this.over) {
				return;
			}
			this.hedgeTimer.over();
			if (isFree(null)) {
				this.nextDelay++;
				next = enter(this.route.hedge());
				setTimer();
			}
			else {
				lookAgainLater();
			}
		}
		if (next != null) {
			next.run();
		}
	}

	private boolean isSending() {
		for (RaceRunner runner : this.runners) {
			if (runner.isSending()) {
				return true;
			}
		}
		return false;
	}

	/*
	 * Whether the request may be sent beside those that have begun to send it: one has it
	 * at a time, unless it is hedged.
	 */
	private boolean isFree(@Nullable RaceRunner one) {
		if (this.closed) {
			return false;
		}
		for (RaceRunner runner : this.runners) {
			if (runner != one && runner.isSending()
					&& (this.delays.isEmpty() || !this.repetition.isAllowedBeside(runner.attempt()))) {
				return false;
			}
		}
		return true;
	}

	/*
	 * It is not known yet, because nobody has asked for the body, or it takes its time.
	 */
	private boolean lookAgainLater() {
		if (!this.delays.isEmpty()
				&& this.runners.stream().allMatch((runner) -> this.repetition.mayBeAllowedBeside(runner.attempt()))) {
			setTimer(this.delays.get(0).toNanos());
			return true;
		}
		return false;
	}

	/*
	 * When this one was sent its way, nobody was sending, or nobody knew what the body
	 * is. Now somebody may have the request, and be reading the body. The address keeps
	 * its turn, should that one fail.
	 */
	boolean mayBeSent(RaceRunner runner) {
		opened(runner);
		synchronized (this) {
			if (!this.over && isFree(runner)) {
				this.shared |= isSending();
				runner.sending();
				this.connectTimer.stop();
				return true;
			}
			this.runners.remove(runner);
			if (!this.over && !this.closed) {
				this.route.putBack(runner.attempt());
				if (lookAgainLater()) {
					this.nextDelay = Math.max(0, this.nextDelay - 1);
				}
			}
		}
		runner.stop();
		this.group.judge().abandoned(runner.attempt());
		return false;
	}

	private void opened(RaceRunner runner) {
		if (runner.hasJustConnected()) {
			this.group.pace().opened(this.group.nanoTime() - runner.attempt().startNanos());
		}
	}

	void answered(RaceRunner runner, Connection connection) {
		opened(runner);
		List<RaceRunner> losers;
		synchronized (this) {
			losers = end();
			if (losers != null) {
				losers.remove(runner);
				losers.removeIf((loser) -> !loser.isSending());
				this.winner = runner.attempt();
			}
		}
		if (losers == null) {
			// A moment too late.
			this.group.judge().succeeded(runner.attempt(), connection);
			connection.dispose();
			return;
		}
		try {
			this.group.judge().succeeded(runner.attempt(), connection);
			overtake(losers, runner);
		}
		finally {
			this.sink.success(connection);
		}
	}

	private void overtake(List<RaceRunner> losers, RaceRunner winner) {
		if (losers.isEmpty()) {
			return;
		}
		long winnerNanos = this.group.nanoTime() - winner.attempt().startNanos();
		for (RaceRunner loser : losers) {
			loser.stop();
			this.group.judge().overtaken(loser.attempt(), winnerNanos);
		}
	}

	void failed(RaceRunner runner, Throwable error) {
		Attempt attempt = runner.attempt();
		boolean fault = this.repetition.isFaultOfAddress(attempt);
		FailureReason reason = (attempt.streamEnd() != null) ? FailureReason.REFUSED
				: FailureReason.of(error, attempt.request() != null);
		this.group.judge().failed(attempt, reason, error, fault);
		if (this.repetition.hasBodyFailed()) {
			fail(error);
			return;
		}
		RaceRunner next = null;
		Throwable failure = null;
		synchronized (this) {
			if (this.over || !this.runners.remove(runner)) {
				return;
			}
			this.route.failed(attempt, error);
			boolean goOn = fault && this.repetition.isAllowedAfter(attempt, reason, error);
			this.closed |= !fault || !this.repetition.isHarmlessAfter(attempt, reason, error);
			if (goOn && isFree(null)) {
				next = enter(next(attempt, reason));
			}
			if (next != null) {
				this.hedgeTimer.stop();
				this.nextDelay++;
			}
			else if (this.runners.stream().noneMatch((other) -> other.isSending() || !this.closed)) {
				end();
				// A silence is told as such where there was nobody else to ask.
				boolean silence = reason == FailureReason.RESPONSE_TIMEOUT && this.route.hasOneAddress();
				failure = ((goOn && !silence) || this.shared) ? this.route.exhausted() : error;
			}
		}
		if (next != null) {
			next.run();
		}
		else if (failure != null) {
			this.sink.error(failure);
		}
	}

	private @Nullable Attempt next(Attempt failed, FailureReason reason) {
		// A connection comes to its end without its address being at fault.
		boolean stale = failed.streamEnd() == StreamEnd.LEFT_BEHIND
				|| (failed.isReused() && reason == FailureReason.CLOSED);
		Attempt again = stale ? this.route.again(failed) : null;
		Attempt next = (again != null) ? again : this.route.retry();
		// What takes connections and cuts one is better than nobody.
		return (next == null && reason == FailureReason.CLOSED) ? this.route.onceMore(failed) : next;
	}

	void fail(Throwable failure) {
		if (abandon()) {
			this.sink.error(failure);
		}
	}

	private void cancelled() {
		Attempt unwanted = abandon() ? null : winner();
		if (unwanted != null) {
			// It has won, and nobody has taken it.
			unwanted.close();
		}
	}

	private synchronized @Nullable Attempt winner() {
		return this.winner;
	}

	/*
	 * Cancels those that are still on their way, unless the race was over before. Those
	 * that are still connecting are left: only when they are done it is known whether
	 * their address can be connected to.
	 */
	private boolean abandon() {
		List<RaceRunner> left;
		synchronized (this) {
			left = end();
		}
		if (left == null) {
			return false;
		}
		for (RaceRunner runner : left) {
			if (runner.isSending()) {
				runner.stop();
				this.group.judge().abandoned(runner.attempt());
			}
		}
		return true;
	}

	/*
	 * Those that were still on their way, or null if it had ended before.
	 */
	private @Nullable List<RaceRunner> end() {
		if (this.over) {
			return null;
		}
		this.over = true;
		this.hedgeTimer.stop();
		this.connectTimer.stop();
		List<RaceRunner> left = new ArrayList<>(this.runners);
		this.runners.clear();
		return left;
	}

}
