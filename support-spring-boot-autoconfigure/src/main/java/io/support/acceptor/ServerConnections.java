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

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerState;

import io.support.context.SocketOwner;
import io.support.context.TaskInFlight;
import io.support.context.TaskSource;
import io.support.stats.StateMachineStats;

/**
 * The connections that a server has open, and which of them are idle: no request is in
 * flight on them. Observes the server; has to do so before its handler does, so that a
 * request is known to have started before it can end.
 * <p>
 * Holds what the server holds, and is bounded with it. Thread-safe.
 */
public final class ServerConnections implements ConnectionObserver, TaskSource, SocketOwner {

	private final LongSupplier clock;

	private final StateMachineStats<ConnectionState> states;

	private final Map<Channel, ServerConnection> connections = new ConcurrentHashMap<>();

	private volatile boolean ending;

	/**
	 * Creates an observer.
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 */
	public ServerConnections(LongSupplier clock) {
		this(new StateMachineStats<>(ConnectionState.class), clock);
	}

	/**
	 * Creates an observer.
	 * @param states what is told of what becomes of the connections
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 */
	public ServerConnections(StateMachineStats<ConnectionState> states, LongSupplier clock) {
		this.states = states;
		this.clock = clock;
	}

	/**
	 * Observes a server.
	 * @param server the server, without a handler yet
	 * @return the server, observed
	 */
	public HttpServer observe(HttpServer server) {
		return server.childObserve(this);
	}

	/**
	 * Knows a connection from now on until it is closed.
	 * @param channel the connection's channel
	 */
	void track(Channel channel) {
		if (!this.connections.containsKey(channel)) {
			ServerConnection connection = new ServerConnection(channel, this.states, this.clock);
			this.connections.put(channel, connection);
			channel.closeFuture().addListener((future) -> {
				this.connections.remove(channel);
				connection.closed();
			});
		}
	}

	@Override
	public void onStateChange(Connection connection, State state) {
		if (state == State.CONNECTED && connection.channel().parent() != null) {
			track(connection.channel());
		}
		else if (state == HttpServerState.REQUEST_RECEIVED) {
			requestReceived(connection);
		}
		else if (state == State.DISCONNECTING) {
			ServerConnection ended = find(connection.channel());
			if (ended != null) {
				ended.requestEnded();
			}
		}
	}

	private void requestReceived(Connection connection) {
		HttpServerResponse response = (connection instanceof HttpServerResponse operations) ? operations : null;
		ServerConnection started = find(connection.channel());
		if (started != null) {
			started.requestStarted(response);
		}
		if (this.ending && response != null) {
			response.keepAlive(false);
		}
	}

	/*
	 * The channel of a stream of HTTP/2 has its connection's as parent.
	 */
	private @Nullable ServerConnection find(Channel channel) {
		ServerConnection connection = this.connections.get(channel);
		return (connection == null && channel.parent() != null) ? this.connections.get(channel.parent()) : connection;
	}

	/**
	 * From now on every response of HTTP/1.1 says {@code Connection: close}, those to
	 * requests in flight among them, and its connection is closed after it.
	 */
	public void endAfterResponses() {
		this.ending = true;
		this.connections.values().forEach(ServerConnection::endAfterResponse);
	}

	/**
	 * Closes connections that have been idle, the longest idle first.
	 * @param count how many at the most
	 * @param minIdleNanos how long they must have been idle after a request
	 * @param minUnusedNanos how long they must have been open, if there has been no
	 * request yet
	 * @param whenClosed called for each that is closed, on its loop
	 */
	public void closeIdle(int count, long minIdleNanos, long minUnusedNanos, Runnable whenClosed) {
		long now = this.clock.getAsLong();
		this.connections.values()
			.stream()
			.map((connection) -> new Candidate(connection, connection.idleNanos(now)))
			.filter((candidate) -> candidate.idleNanos >= (candidate.connection.isUsed() ? minIdleNanos
					: minUnusedNanos))
			.sorted(Comparator.comparingLong(Candidate::idleNanos).reversed())
			.limit(count)
			.forEach((candidate) -> candidate.connection.closeIfIdle(whenClosed));
	}

	@Override
	public void forEachTask(Consumer<TaskInFlight> tasks) {
		for (ServerConnection connection : this.connections.values()) {
			TaskInFlight request = connection.request();
			if (request != null) {
				tasks.accept(request);
			}
		}
	}

	@Override
	public void forEachSocket(Sockets sockets) {
		this.connections.values().forEach((connection) -> connection.tell(sockets));
	}

	/**
	 * Returns how many connections are open.
	 * @return zero or more
	 */
	public int open() {
		return this.connections.size();
	}

	/**
	 * Returns on how many open connections a request is in flight.
	 * @return zero or more
	 */
	public int busy() {
		return (int) this.connections.values().stream().filter((connection) -> connection.requests() > 0).count();
	}

	/**
	 * A connection with its idle time as read once, so that sorting sees a constant.
	 *
	 * @param connection the connection
	 * @param idleNanos how long it has been idle
	 */
	private record Candidate(ServerConnection connection, long idleNanos) {

	}

}
