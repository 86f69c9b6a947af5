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

package io.support.acceptor;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

import io.support.overload.SojournControl;

/**
 * Where connections change hands: the accept loop offers, the worker loops take. A
 * connection that is too old when it is taken, or that nobody takes in time, is refused;
 * one whose client has gone is dropped.
 * <p>
 * While connections wait, the accept loop looks at the queue when the first of them will
 * have waited too long, and every {@value #MAX_SWEEP_MILLIS} ms at least: it refuses
 * those that have, also while every worker is blocked, and wakes all workers for the
 * others, so that no connection depends on the one loop that was woken for it. Where they
 * wait because as many connections are served as may be, it closes idle ones: those on
 * which no request has been in flight for half the time that a new one may wait, so that
 * there is still room for it in time. A connection on which there has been no request yet
 * is left alone for a second.
 */
final class HandOff implements WorkerLoop.Source {

	/*
	 * Each look interrupts whatever the processor is doing.
	 */
	static final long MIN_SWEEP_MILLIS = 2;

	static final long MAX_SWEEP_MILLIS = 10;

	/*
	 * As long as a TLS handshake takes on a slow line.
	 */
	private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final int MIN_FREED = 16;

	/*
	 * Hardly anybody gives up earlier, and asking the kernel takes as long as queueing.
	 */
	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	/*
	 * So few may be taken at any moment by loops that have nothing else to do.
	 */
	private static final int FEW = 3;

	private final AcceptQueue queue;

	private final ConnectionPermits permits;

	private final ServerConnections connections;

	private final Refusals refusals;

	private final RawSocket socket;

	private final AcceptorStatistics statistics;

	private final SojournControl control;

	private final LongSupplier clock;

	private final AtomicBoolean sweeping = new AtomicBoolean();

	private volatile @Nullable Workers workers;

	private volatile boolean closed;

	HandOff(AcceptQueue queue, ConnectionPermits permits, ServerConnections connections, Refusals refusals,
			RawSocket socket, AcceptorStatistics statistics, SojournControl control, LongSupplier clock) {
		this.queue = queue;
		this.permits = permits;
		this.connections = connections;
		this.refusals = refusals;
		this.socket = socket;
		this.statistics = statistics;
		this.control = control;
		this.clock = clock;
	}

	/**
	 * Names the loops that are woken when a connection waits.
	 * @param workers the loops
	 */
	void serve(Workers workers) {
		this.workers = workers;
	}

	/**
	 * Refuses a connection that cannot be served in time; called before anything has been
	 * spent on it.
	 * @param connection the connection, not registered
	 * @return whether it was refused
	 */
	boolean refuseAtOnce(Channel connection) {
		RefusalReason reason = this.queue.isFull() ? RefusalReason.QUEUE_FULL : RefusalReason.EXPECTED_AGE;
		if (reason == RefusalReason.EXPECTED_AGE && this.control.admits(this.queue.depth(), this.clock.getAsLong())) {
			return false;
		}
		this.statistics.accepted(connection);
		this.refusals.refuse(connection, reason);
		return true;
	}

	/**
	 * Puts a connection into the queue, or refuses it.
	 * @param registration the registration that a worker loop is to make
	 */
	void offer(ChannelPromise registration) {
		Channel connection = registration.channel();
		this.statistics.accepted(connection);
		if (this.closed) {
			this.refusals.refuse(connection, RefusalReason.SHUTDOWN);
			return;
		}
		if (!this.queue.offer(new WaitingConnection(registration, this.clock.getAsLong()))) {
			this.refusals.refuse(connection, RefusalReason.QUEUE_FULL);
			return;
		}
		if (this.closed) {
			refuseAll();
			return;
		}
		armNext();
		sweepLater(connection.parent().eventLoop());
	}

	/**
	 * Returns for how long the workers will be busy with those that wait at least, so
	 * that nobody else need be accepted meanwhile.
	 * @return nanoseconds; zero if nobody waits
	 */
	long busyNanos() {
		return this.control.expectedNanos(this.queue.depth() - FEW) / 2;
	}

	@Override
	public @Nullable WaitingConnection take() {
		if (!this.permits.tryAcquire()) {
			return null;
		}
		WaitingConnection connection = pollFresh();
		if (connection == null) {
			this.permits.release();
			return null;
		}
		this.connections.track(connection.channel());
		connection.channel().closeFuture().addListener((future) -> giveBack());
		return connection;
	}

	private void giveBack() {
		this.permits.release();
		if (!this.queue.isEmpty()) {
			armNext();
		}
	}

	private @Nullable WaitingConnection pollFresh() {
		long now = this.clock.getAsLong();
		long maxAge = this.control.maxAgeNanos(now);
		WaitingConnection connection;
		while ((connection = this.queue.poll()) != null) {
			long age = connection.ageNanos(now);
			if (age > PATIENCE_NANOS && this.socket.isAbandoned(connection.channel())) {
				this.statistics.abandoned();
				this.socket.end(connection.channel(), Refusal.RESET);
				continue;
			}
			if (age <= maxAge) {
				this.control.departed(age, this.queue.depth(), now);
				this.statistics.taken(age);
				return connection;
			}
			this.control.expired(now);
			this.refusals.refuse(connection.channel(), RefusalReason.QUEUE_AGE);
		}
		return null;
	}

	/**
	 * Closes a tenth of the connections, those among them that are idle, the longest idle
	 * first.
	 */
	void freeDescriptors() {
		this.connections.closeIdle(Math.max(MIN_FREED, this.connections.open() / 10), 0, UNUSED_NANOS,
				this.statistics::idleClosed);
	}

	@Override
	public boolean hasWork() {
		return !this.queue.isEmpty() && !this.permits.isExhausted();
	}

	/**
	 * Refuses all that wait, and all that come from now on.
	 */
	void close() {
		this.closed = true;
		refuseAll();
	}

	private void refuseAll() {
		WaitingConnection connection;
		while ((connection = this.queue.poll()) != null) {
			this.refusals.refuse(connection.channel(), RefusalReason.SHUTDOWN);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // sweep() does not fail
	private void sweepLater(EventLoop acceptLoop) {
		if (this.sweeping.get() || !this.sweeping.compareAndSet(false, true)) {
			return;
		}
		try {
			acceptLoop.schedule(() -> sweep(acceptLoop), nanosToSweep(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The accept loop ends with the server, and close() refuses what is left.
			this.sweeping.set(false);
		}
	}

	private long nanosToSweep() {
		long now = this.clock.getAsLong();
		long left = this.control.maxAgeNanos(now) - this.queue.oldestAgeNanos(now);
		return Math.max(TimeUnit.MILLISECONDS.toNanos(MIN_SWEEP_MILLIS),
				Math.min(left + 1, TimeUnit.MILLISECONDS.toNanos(MAX_SWEEP_MILLIS)));
	}

	private void sweep(EventLoop acceptLoop) {
		long now = this.clock.getAsLong();
		long maxAge = this.control.maxAgeNanos(now);
		WaitingConnection expired;
		while ((expired = this.queue.pollOlderThan(maxAge, now)) != null) {
			this.control.expired(now);
			this.refusals.refuse(expired.channel(), RefusalReason.QUEUE_AGE);
		}
		this.sweeping.set(false);
		if (this.queue.isEmpty()) {
			return;
		}
		if (this.permits.isExhausted()) {
			this.connections.closeIdle(this.queue.depth(), maxAge / 2, UNUSED_NANOS, this.statistics::idleClosed);
		}
		Workers workers = this.workers;
		if (workers != null && hasWork()) {
			workers.armAll();
		}
		sweepLater(acceptLoop);
	}

	private void armNext() {
		Workers workers = this.workers;
		if (workers != null) {
			workers.armNext();
		}
	}

}
