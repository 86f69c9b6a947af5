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

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.ReactorNetty;
import reactor.netty.transport.TransportConfig;
import reactor.netty.transport.TransportConnector;

/**
 * The connections to an address that one request has at a time. There is no queue: a
 * request gets an idle connection, or a new one, or a refusal.
 * <p>
 * Among those that are idle, one of the event loop that asks goes first, so that no other
 * thread has to be woken for the request and none for the response; among these, the one
 * that was used last, so that those nobody needs come to their end. Thread-safe.
 */
final class ConnectionPool {

	private final GroupSettings settings;

	private final InetSocketAddress remoteAddress;

	private final ConnectionLimit limit;

	private final Function<Channel, OutgoingConnection> watch;

	/** The one that was used last is the last. No more than the group lets be idle. */
	private final List<PooledConnection> idle = new ArrayList<>();

	/** Those that are in use, being opened, or being closed. */
	private int active;

	/** Those of another generation are closed when nobody has them any more. */
	private int generation;

	/**
	 * Creates a pool without connections.
	 * @param settings how they are kept
	 * @param remoteAddress to what they are opened
	 * @param limit how many there may be
	 * @param watch follows each, about to be connected, until it is closed
	 */
	ConnectionPool(GroupSettings settings, InetSocketAddress remoteAddress, ConnectionLimit limit,
			Function<Channel, OutgoingConnection> watch) {
		this.settings = settings;
		this.remoteAddress = remoteAddress;
		this.limit = limit;
		this.watch = watch;
	}

	/**
	 * Gets a connection, each time it is subscribed to.
	 * @param config how it is opened
	 * @param observer what is told of it
	 * @param resolvers what resolves names
	 * @param reuse whether it may have been used before
	 * @return the connection, or an {@link OutOfSocketsException}, or what opening it
	 * failed with
	 */
	Mono<Connection> acquire(TransportConfig config, ConnectionObserver observer, AddressResolverGroup<?> resolvers,
			Reuse reuse) {
		return Mono.create((sink) -> new Acquisition(this, config, observer, resolvers, reuse, sink).begin());
	}

	/**
	 * Takes an idle connection out of the pool.
	 * @param key how it must have been opened
	 * @return the connection, not looked at yet; {@code null} if there is none
	 */
	synchronized @Nullable PooledConnection poll(int key) {
		int found = -1;
		for (int index = this.idle.size() - 1; index >= 0; index--) {
			PooledConnection candidate = this.idle.get(index);
			if (candidate.isFor(key)) {
				if (candidate.channel().eventLoop().inEventLoop()) {
					found = index;
					break;
				}
				found = Math.max(found, index);
			}
		}
		if (found < 0) {
			return null;
		}
		this.active++;
		return this.idle.remove(found);
	}

	/**
	 * Opens a connection, which tells the acquisition when it can be used.
	 * @param acquisition for whom
	 */
	void open(Acquisition acquisition) {
		Opening opening;
		synchronized (this) {
			opening = new Opening(acquisition, this.generation);
			this.active++;
		}
		Mono.defer(() -> TransportConnector.connect(acquisition.config(), this.remoteAddress, acquisition.resolvers(),
				opening, acquisition.currentContext()))
			.subscribe(opening::connected, opening::failed);
	}

	/**
	 * Puts a connection back that nobody has any more.
	 * @param connection the connection
	 * @return whether it is in the pool now; if not, it must be closed
	 */
	synchronized boolean giveBack(PooledConnection connection) {
		if (connection.generation() != this.generation
				|| this.idle.size() >= this.settings.pool().maxIdlePerAddress()) {
			return false;
		}
		this.active--;
		this.idle.add(connection);
		return true;
	}

	/**
	 * Takes a connection out of the pool for good, unless somebody has it.
	 * @param connection the connection
	 * @return whether nobody had it, so that it must be closed
	 */
	synchronized boolean retire(PooledConnection connection) {
		boolean retired = this.idle.remove(connection);
		if (retired) {
			this.active++;
		}
		return retired;
	}

	private synchronized void closed(@Nullable PooledConnection connection) {
		if (!this.idle.remove(connection)) {
			this.active--;
		}
	}

	/**
	 * Closes an idle connection if there must be fewer before another one can be opened.
	 * @return whether there may be room now
	 */
	Mono<Boolean> makeRoom() {
		return this.limit.makeRoom();
	}

	/**
	 * Counts a request for which there was no room.
	 * @return why
	 */
	OutOfSocketsException refuse() {
		return this.limit.refuse();
	}

	Duration maxIdleTime() {
		return this.settings.pool().maxIdleTime();
	}

	synchronized int active() {
		return this.active;
	}

	synchronized int idle() {
		return this.idle.size();
	}

	/**
	 * Closes the connections that are idle now.
	 * @return them
	 */
	List<PooledConnection> closeIdle() {
		List<PooledConnection> closing;
		synchronized (this) {
			closing = List.copyOf(this.idle);
			this.active += closing.size();
			this.idle.clear();
		}
		closing.forEach(PooledConnection::dispose);
		return closing;
	}

	/**
	 * Closes the idle connections, and the others when nobody has them any more. What is
	 * asked for afterwards is opened anew.
	 * @return completes when the idle ones are closed
	 */
	Mono<Void> disposeLater() {
		return Mono.defer(() -> {
			synchronized (this) {
				this.generation++;
			}
			return Mono.whenDelayError(closeIdle().stream().map(PooledConnection::onDispose).toList());
		});
	}

	/**
	 * A connection on its way. There is a channel for each IP address that is tried, one
	 * after the other.
	 */
	private final class Opening extends ChannelInitializer<Channel> {

		private final Acquisition acquisition;

		private final int generation;

		private @Nullable PooledConnection connection;

		Opening(Acquisition acquisition, int generation) {
			this.acquisition = acquisition;
			this.generation = generation;
		}

		@Override
		public boolean isSharable() {
			return true;
		}

		@Override
		protected void initChannel(Channel channel) {
			PooledConnection connection = new PooledConnection(channel, ConnectionPool.this, this.acquisition.key(),
					this.generation, this.acquisition);
			this.connection = connection;
			connection.bind();
			ReactorNetty.setChannelContext(channel, this.acquisition.currentContext());
			channel.pipeline()
				.addLast(this.acquisition.config()
					.channelInitializer(connection, ConnectionPool.this.remoteAddress, false));
			connection.follow(ConnectionPool.this.watch.apply(channel));
		}

		void connected(Channel channel) {
			// Not this, which leads to the request and all that its caller had.
			PooledConnection opened = Objects.requireNonNull(this.connection);
			channel.closeFuture().addListener((future) -> {
				opened.closed();
				closed(opened);
			});
		}

		void failed(Throwable error) {
			closed(null);
			this.acquisition.failed(error);
		}

	}

}
