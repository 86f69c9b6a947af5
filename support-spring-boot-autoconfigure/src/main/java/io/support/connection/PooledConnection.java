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

import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.ReactorNetty;
import reactor.util.context.Context;

/**
 * A connection that one request has at a time, and the pool in between. Everything that
 * happens to it happens on its event loop, except that it is taken out of the pool.
 */
final class PooledConnection implements Connection, ConnectionObserver {

	private final Channel channel;

	private final ConnectionPool pool;

	private final int key;

	private final int generation;

	/** Nobody while it is idle. */
	private volatile ConnectionObserver owner;

	/** Known before it is connected. */
	private @Nullable OutgoingConnection outgoing;

	private @Nullable Future<?> idleTimer;

	PooledConnection(Channel channel, ConnectionPool pool, int key, int generation, ConnectionObserver owner) {
		this.channel = channel;
		this.pool = pool;
		this.key = key;
		this.generation = generation;
		this.owner = owner;
	}

	/**
	 * Is told what follows it, as soon as that can.
	 * @param outgoing what is told of its use
	 */
	void follow(OutgoingConnection outgoing) {
		outgoing.retireBy(() -> this.pool.retire(this));
		this.outgoing = outgoing;
	}

	private OutgoingConnection outgoing() {
		return Objects.requireNonNull(this.outgoing);
	}

	@Override
	public Channel channel() {
		return this.channel;
	}

	boolean isFor(int key) {
		return this.key == key;
	}

	int generation() {
		return this.generation;
	}

	/**
	 * Gives the connection, just taken out of the pool, to a request.
	 * @param acquisition the request
	 */
	void serve(Acquisition acquisition) {
		EventLoop loop = this.channel.eventLoop();
		if (loop.inEventLoop()) {
			handOver(acquisition);
			return;
		}
		try {
			loop.execute(() -> handOver(acquisition));
		}
		catch (RejectedExecutionException ex) {
			// The loop has been shut down and has closed its connections.
			acquisition.next();
		}
	}

	private void handOver(Acquisition acquisition) {
		if (!isFit()) {
			dispose();
			acquisition.next();
			return;
		}
		this.owner = acquisition;
		ReactorNetty.setChannelContext(this.channel, acquisition.currentContext());
		try {
			acquisition.take(this);
		}
		catch (RuntimeException ex) {
			acquisition.broken(Connection.from(this.channel), ex);
		}
	}

	/*
	 * The event loop may not have seen yet what has happened to it.
	 */
	private boolean isFit() {
		return this.channel.isActive() && isPersistent() && outgoing().idleNanos() < this.pool.maxIdleTime().toNanos()
				&& outgoing().take();
	}

	@Override
	public Context currentContext() {
		return this.owner.currentContext();
	}

	@Override
	public void onUncaughtException(Connection connection, Throwable error) {
		this.owner.onUncaughtException(connection, error);
	}

	@Override
	public void onStateChange(Connection connection, State state) {
		if (state == State.CONFIGURED) {
			// It has just been opened.
			outgoing().use();
		}
		else if (state == State.DISCONNECTING && this.channel.isActive()) {
			if (isPersistent()) {
				release(connection);
				return;
			}
			dispose();
		}
		this.owner.onStateChange(connection, state);
	}

	private void release(Connection connection) {
		ConnectionObserver before = this.owner;
		this.owner = ConnectionObserver.emptyListener();
		ReactorNetty.setChannelContext(this.channel, null);
		backToThePool();
		before.onStateChange(connection, State.RELEASED);
	}

	private void backToThePool() {
		if (!this.pool.giveBack(this)) {
			dispose();
			return;
		}
		outgoing().pooled();
		if (this.idleTimer == null) {
			schedule(this.pool.maxIdleTime().toNanos());
		}
	}

	private void schedule(long nanos) {
		this.idleTimer = this.channel.eventLoop().schedule(this::checkIdle, nanos, TimeUnit.NANOSECONDS);
	}

	/*
	 * There is one timer for all the pauses between two requests, not one for each.
	 */
	private void checkIdle() {
		this.idleTimer = null;
		if (!outgoing().isIdle()) {
			return;
		}
		long left = this.pool.maxIdleTime().toNanos() - outgoing().idleNanos();
		if (left > 0) {
			schedule(left);
		}
		else if (this.pool.retire(this)) {
			dispose();
		}
	}

	/**
	 * Lets go of what would hold it when it is closed.
	 */
	void closed() {
		if (this.idleTimer != null) {
			this.idleTimer.cancel(false);
			this.idleTimer = null;
		}
	}

	@Override
	public String toString() {
		return "PooledConnection[" + this.channel + "]";
	}

}
