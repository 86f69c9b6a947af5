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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.util.context.Context;

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
	private final List<Runner> runners = new ArrayList<>();

	private @Nullable EventLoopGroup eventLoops;

	private @Nullable Future<?> timer;

	private @Nullable Future<?> connectTimer;

	private int nextDelay;

	/** Whether one has begun to send. */
	private boolean sent;

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
		Runner first;
		synchronized (this) {
			first = enter(this.route.first());
		}
		if (first == null) {
			this.sink.error(this.route.exhausted());
			return;
		}
		first.run();
	}

	private @Nullable Runner enter(@Nullable Attempt attempt) {
		if (attempt == null) {
			return null;
		}
		Runner runner = new Runner(attempt);
		this.runners.add(runner);
		return runner;
	}

	/*
	 * Only now the method is known.
	 */
	private synchronized void asked(Runner runner, EventLoopGroup eventLoops) {
		this.eventLoops = eventLoops;
		if (this.repetition.isIdempotent(runner.attempt)) {
			setTimer();
		}
		if (runner.attempt.reuse() == Reuse.REFUSED || runner.attempt.address().pool().mustConnect()) {
			setConnectTimer(eventLoops);
		}
	}

	/*
	 * There is none where a connection is kept: it would cost more than it brings.
	 */
	private void setConnectTimer(EventLoopGroup eventLoops) {
		ConnectPace pace = this.group.pace();
		if (!this.over && !this.sent && this.connectTimer == null && !pace.isPatientForEver() && this.route.hasNext()) {
			this.connectTimer = eventLoops.next()
				.schedule(this::connectOnward, pace.patienceNanos(), TimeUnit.NANOSECONDS);
		}
	}

	private void connectOnward() {
		Runner next;
		synchronized (this) {
			this.connectTimer = null;
			if (this.over || this.sent) {
				return;
			}
			next = enter(this.route.hedge());
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
		if (!this.over && this.timer == null && this.eventLoops != null) {
			this.timer = this.eventLoops.next().schedule(this::hedge, nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void stopTimer() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	private void stopConnectTimer() {
		if (this.connectTimer != null) {
			this.connectTimer.cancel(false);
			this.connectTimer = null;
		}
	}

	private void hedge() {
		Runner next = null;
		synchronized (this) {
			if (this.over) {
				return;
			}
			this.timer = null;
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

	/*
	 * Whether the request may be sent beside those that have begun to send it.
	 */
	private boolean isFree(@Nullable Runner one) {
		if (this.closed) {
			return false;
		}
		for (Runner runner : this.runners) {
			if (runner != one && runner.sending && !this.repetition.isAllowedBeside(runner.attempt)) {
				return false;
			}
		}
		return true;
	}

	/*
	 * It is not known yet, because nobody has asked for the body, or it takes its time.
	 */
	private boolean lookAgainLater() {
		if (this.runners.stream().allMatch((runner) -> this.repetition.mayBeAllowedBeside(runner.attempt))) {
			setTimer(this.delays.get(0).toNanos());
			return true;
		}
		return false;
	}

	/*
	 * When the next one was sent its way, nobody was sending, and nobody knew what the
	 * body is. Now somebody may be reading it.
	 */
	private boolean mayBeSent(Runner runner) {
		opened(runner);
		synchronized (this) {
			if (!this.over && isFree(runner)) {
				this.shared |= this.runners.stream().anyMatch((other) -> other.sending);
				this.sent = true;
				runner.sending = true;
				stopConnectTimer();
				return true;
			}
			this.runners.remove(runner);
			if (!this.over && !this.closed && lookAgainLater()) {
				this.route.putBack(runner.attempt);
				this.nextDelay--;
			}
		}
		runner.stop();
		this.group.judge().abandoned(runner.attempt);
		return false;
	}

	private void opened(Runner runner) {
		if (!runner.attempt.isReused() && !runner.opened) {
			runner.opened = true;
			this.group.pace().opened(this.group.nanoTime() - runner.attempt.startNanos());
		}
	}

	private void answered(Runner runner, Connection connection) {
		opened(runner);
		List<Runner> losers;
		synchronized (this) {
			losers = end();
			if (losers != null) {
				losers.remove(runner);
				losers.removeIf((loser) -> !loser.sending);
				this.winner = runner.attempt;
			}
		}
		if (losers == null) {
			// A moment too late.
			this.group.judge().succeeded(runner.attempt, connection);
			connection.dispose();
			return;
		}
		try {
			this.group.judge().succeeded(runner.attempt, connection);
			long winnerNanos = this.group.nanoTime() - runner.attempt.startNanos();
			for (Runner loser : losers) {
				loser.stop();
				this.group.judge().overtaken(loser.attempt, winnerNanos);
			}
		}
		finally {
			this.sink.success(connection);
		}
	}

	private void failed(Runner runner, Throwable error) {
		Attempt attempt = runner.attempt;
		boolean fault = this.repetition.isFaultOfAddress(attempt);
		FailureReason reason = (attempt.streamEnd() != null) ? FailureReason.REFUSED
				: FailureReason.of(error, attempt.request() != null);
		this.group.judge().failed(attempt, reason, error, fault);
		if (this.repetition.hasBodyFailed()) {
			fail(error);
			return;
		}
		Runner next = null;
		Throwable failure = null;
		synchronized (this) {
			if (this.over || !this.runners.remove(runner)) {
				return;
			}
			this.route.failed(attempt, error);
			boolean goOn = fault && this.repetition.isAllowedAfter(attempt, reason, error);
			this.closed |= !goOn;
			if (isFree(null)) {
				next = enter(next(attempt, reason));
			}
			if (next != null) {
				stopTimer();
				this.nextDelay++;
			}
			else if (this.runners.stream().noneMatch((other) -> other.sending || !this.closed)) {
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
		return (again != null) ? again : this.route.retry();
	}

	private void fail(Throwable failure) {
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
		List<Runner> left;
		synchronized (this) {
			left = end();
		}
		if (left == null) {
			return false;
		}
		for (Runner runner : left) {
			if (runner.sending) {
				runner.stop();
				this.group.judge().abandoned(runner.attempt);
			}
		}
		return true;
	}

	/*
	 * Those that were still on their way, or null if it had ended before.
	 */
	private @Nullable List<Runner> end() {
		if (this.over) {
			return null;
		}
		this.over = true;
		stopTimer();
		stopConnectTimer();
		List<Runner> left = new ArrayList<>(this.runners);
		this.runners.clear();
		return left;
	}

	/**
	 * One attempt.
	 */
	private final class Runner extends BaseSubscriber<Connection> implements Attempt.Progress {

		private final Attempt attempt;

		private final Context context;

		/** Known where the connection is. */
		private boolean opened;

		/** Guarded by the race. */
		private boolean sending;

		Runner(Attempt attempt) {
			this.attempt = attempt;
			this.context = Context.of(Race.this.sink.contextView()).put(Attempt.class, attempt);
		}

		void run() {
			this.attempt.tell(this);
			Race.this.exchange.subscribe(this);
		}

		void stop() {
			this.attempt.cancel(this::cancel);
		}

		@Override
		public Context currentContext() {
			return this.context;
		}

		@Override
		public void asked(EventLoopGroup eventLoops) {
			Race.this.asked(this, eventLoops);
		}

		@Override
		public boolean mayBeSent() {
			return Race.this.mayBeSent(this);
		}

		@Override
		protected void hookOnNext(Connection connection) {
			answered(this, connection);
		}

		@Override
		protected void hookOnError(Throwable error) {
			try {
				failed(this, error);
			}
			catch (RuntimeException ex) {
				// Whoever listens to circuit breakers may throw: nobody must wait for
				// ever.
				ex.addSuppressed(error);
				fail(ex);
			}
		}

	}

}
