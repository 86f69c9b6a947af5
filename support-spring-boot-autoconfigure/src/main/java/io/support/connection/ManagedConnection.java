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

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.Channel;
import reactor.netty.Connection;

import io.support.connection.traffic.TrafficOutcome;

/**
 * A raw connection to an address of a group, from {@link ConnectionManager#connect}. It
 * belongs to whoever has it until it is {@linkplain #release() released} or
 * {@linkplain #close() closed}, one of which must be done. It must not be touched after
 * that, because somebody else may have it: this object, and the {@link Connection} it
 * has, are cut off from it then, a {@link Channel} that was kept is not.
 * <p>
 * Nothing is read before it is asked for: by {@link Connection#inbound()}, or by
 * {@link Channel#read()} where a handler of one's own is in the pipeline, before
 * {@link reactor.netty.NettyPipeline#ReactiveBridge}. The methods of this class may be
 * called from any thread.
 */
public final class ManagedConnection implements AutoCloseable {

	private final Connection connection;

	private final OutgoingConnection outgoing;

	private final SocketProbe probe;

	private final boolean reused;

	private final AtomicBoolean ended = new AtomicBoolean();

	private ManagedConnection(Connection connection, OutgoingConnection outgoing, SocketProbe probe) {
		this.connection = connection;
		this.outgoing = outgoing;
		this.probe = probe;
		this.reused = outgoing.isReused();
	}

	/*
	 * Called on the loop of the connection.
	 */
	static ManagedConnection of(Connection connection, SocketProbe probe) {
		OutgoingConnection outgoing = OutgoingConnection.of(connection.channel());
		if (outgoing == null) {
			throw new IllegalStateException("Nobody follows " + connection.channel());
		}
		RawWatch watch = connection.channel().pipeline().get(RawWatch.class);
		if (watch != null) {
			watch.begin(outgoing);
		}
		return new ManagedConnection(connection, outgoing, probe);
	}

	/**
	 * Returns the address that was chosen.
	 * @return the address, as it is configured
	 */
	public Address address() {
		return this.outgoing.address();
	}

	/**
	 * Returns the connection.
	 * @return the connection as Reactor Netty has it
	 */
	public Connection connection() {
		return this.connection;
	}

	/**
	 * Returns the channel.
	 * @return the channel of the connection
	 */
	public Channel channel() {
		return this.connection.channel();
	}

	/**
	 * Returns whether somebody else had this connection before: a greeting of the peer,
	 * if it sends one, was read then.
	 * @return whether it comes from the pool
	 */
	public boolean isReused() {
		return this.reused;
	}

	/**
	 * Gives the connection back, so that another caller can have it. It is closed instead
	 * if it is not clean: if it has bytes that nobody has read or that have not been sent
	 * yet, handlers that it did not have before, or if the peer has closed it. What
	 * somebody has read and not understood as part of an answer is not known here:
	 * {@link #close()} the connection then. Does nothing if it was released or closed
	 * before.
	 */
	public void release() {
		if (this.ended.compareAndSet(false, true)) {
			onLoop(this::releaseNow);
		}
	}

	private void releaseNow() {
		RawOperations operations = this.connection.as(RawOperations.class);
		if (operations == null || !channel().isActive()) {
			closeNow();
			return;
		}
		TaintReason taint = operations.taint(this.probe);
		if (taint != null) {
			this.outgoing.closeAsTainted(taint);
			return;
		}
		RawWatch watch = channel().pipeline().get(RawWatch.class);
		if (watch != null) {
			watch.end(TrafficOutcome.COMPLETE);
		}
		operations.release(this.outgoing::tainted);
	}

	/**
	 * Closes the connection. Does nothing if it was released or closed before.
	 */
	@Override
	public void close() {
		if (this.ended.compareAndSet(false, true)) {
			onLoop(this::closeNow);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed
	private void closeNow() {
		channel().close();
	}

	private void onLoop(Runnable task) {
		if (channel().eventLoop().inEventLoop()) {
			task.run();
			return;
		}
		try {
			channel().eventLoop().execute(task);
		}
		catch (RejectedExecutionException ex) {
			// The loop has been shut down and has closed its connections.
		}
	}

	@Override
	public String toString() {
		return "ManagedConnection[" + address() + ", " + channel() + "]";
	}

}
