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
 * One request at several addresses at the same time: the next one gets it when those
 * before have been silent for a while, or at once when one of them fails. The first
 * answer wins, whatever its status, and the other attempts are cancelled. A request that
 * must not be sent twice at the same time goes from one address to the next, as on a
 * {@link Walk}.
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

	private final List<Duration> delays;

	private final long startNanos;

	/** Those that have not ended. */
	private final List<Runner> runners = new ArrayList<>();

	private @Nullable EventLoopGroup eventLoops;

	private @Nullable Future<?> timer;

	private int nextDelay;

	private boolean shared;

	private boolean over;

	private @Nullable Attempt winner;

	private Race(ManagedGroup group, Mono<Connection> exchange, Repetition repetition, MonoSink<Connection> sink) {
		this.group = group;
		this.exchange = exchange;
		this.repetition = repetition;
		this.sink = sink;
		this.route = new Route(group);
		this.delays = group.settings().hedge().delays();
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
		this.shared |= this.runners.size() > 1;
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

	private void hedge() {
		Runner next = null;
		synchronized (this) {
			if (this.over) {
				return;
			}
			this.timer = null;
			if (mayBeShared(null)) {
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
	private boolean mayBeShared(@Nullable Runner one) {
		for (Runner runner : this.runners) {
			if (runner != one && !(runner.sending ? this.repetition.isAllowedBeside(runner.attempt)
					: this.repetition.isIdempotent(runner.attempt))) {
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
		synchronized (this) {
			if (mayBeShared(runner)) {
				runner.sending = true;
				return true;
			}
			this.runners.remove(runner);
			if (lookAgainLater()) {
				this.route.putBack(runner.attempt);
				this.nextDelay--;
			}
		}
		runner.stop();
		this.group.judge().abandoned(runner.attempt);
		return false;
	}

	private void answered(Runner runner, Connection connection) {
		List<Runner> losers;
		synchronized (this) {
			losers = end();
			if (losers != null) {
				losers.remove(runner);
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
		FailureReason reason = FailureReason.of(error, attempt.request() != null);
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
			if (goOn && mayBeShared(null)) {
				next = enter(this.route.retry());
			}
			if (next != null) {
				stopTimer();
				this.nextDelay++;
			}
			else if (this.runners.isEmpty()) {
				end();
				failure = (goOn || this.shared) ? this.route.exhausted() : error;
			}
		}
		if (next != null) {
			next.run();
		}
		else if (failure != null) {
			this.sink.error(failure);
		}
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
	 * Cancels those that are still on their way, unless the race was over before.
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
			runner.stop();
			this.group.judge().abandoned(runner.attempt);
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
