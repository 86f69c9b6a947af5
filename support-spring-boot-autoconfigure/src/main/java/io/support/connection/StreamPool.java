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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClientConfig;

import io.support.connection.SharedConnection.StreamState;

/**
 * The connections of HTTP/2 to one address of a group. A request gets a stream of the
 * oldest connection that has one left, or waits for a connection that is being opened
 * anyway, or opens one, after others that were idle have been closed for it; or it gets
 * an {@link OutOfSocketsException}. It never waits for another request to finish.
 * <p>
 * Reactor Netty's own pool of HTTP/2 is above its provider of connections and not below:
 * it would mix the addresses of the group, and its queue of requests has no bound.
 */
final class StreamPool {

	/*
	 * What a peer is expected to allow before it has ever said so, and at least should
	 * (RFC 9113, 6.5.2).
	 */
	private static final int EXPECTED_STREAMS = 100;

	/*
	 * A peer may allow any number. One connection must not carry everything.
	 */
	private static final int MAX_STREAMS = 1000;

	private final GroupSettings settings;

	private final InetSocketAddress remoteAddress;

	private final ConnectionLimit limit;

	private final Function<Channel, OutgoingConnection> watch;

	private final List<SharedConnection> connections = new ArrayList<>();

	private int expectedStreams = EXPECTED_STREAMS;

	/**
	 * Creates a pool without connections.
	 * @param settings how they are opened and kept
	 * @param remoteAddress to what they are opened
	 * @param limit how many there may be
	 * @param watch follows each, about to be connected, until it is closed
	 */
	StreamPool(GroupSettings settings, InetSocketAddress remoteAddress, ConnectionLimit limit,
			Function<Channel, OutgoingConnection> watch) {
		this.settings = settings;
		this.remoteAddress = remoteAddress;
		this.limit = limit;
		this.watch = watch;
	}

	Mono<Connection> acquire(HttpClientConfig config, ConnectionObserver observer, AddressResolverGroup<?> resolvers) {
		return Mono.create((sink) -> serve(new StreamRequest(config, observer, resolvers, sink)));
	}

	/**
	 * Gives a request a stream, now or as soon as a connection is open.
	 * @param request the request
	 */
	void serve(StreamRequest request) {
		SharedConnection connection;
		boolean create = false;
		synchronized (this) {
			connection = find((candidate) -> candidate.isFor(request.key()) && candidate.takeStream());
			if (connection == null) {
				SharedConnection opening = find(
						(candidate) -> candidate.isFor(request.key()) && candidate.state() == StreamState.OPENING
								&& candidate.waiting().size() < this.expectedStreams);
				if (opening != null) {
					opening.waiting().add(request);
					return;
				}
				create = true;
				connection = new SharedConnection(this, request.key());
				connection.waiting().add(request);
				this.connections.add(connection);
			}
		}
		if (create) {
			new ConnectionOpening(this.settings, this, connection, this.watch).begin(request, this.remoteAddress);
		}
		else {
			connection.serve(request);
		}
	}

	/**
	 * Gives a request another stream, unless it has had several of no use.
	 * @param request the request
	 */
	void serveAgain(StreamRequest request) {
		if (request.tryAgain()) {
			serve(request);
		}
		else {
			request.giveUp();
		}
	}

	private @Nullable SharedConnection find(Predicate<SharedConnection> condition) {
		for (SharedConnection connection : this.connections) {
			if (condition.test(connection)) {
				return connection;
			}
		}
		return null;
	}

	/**
	 * Serves those who have waited for a connection. Runs on its event loop.
	 * @param connection the connection
	 * @param channel its channel
	 * @param protocol what its peer has said of it
	 * @param opener the request that it was opened for
	 */
	void opened(SharedConnection connection, Channel channel, Http2Connection protocol, StreamRequest opener) {
		connection.opened(channel, protocol);
		List<StreamRequest> served = new ArrayList<>();
		List<StreamRequest> others;
		synchronized (this) {
			connection.enter(StreamState.OPEN);
			updated(connection, protocol);
			while (!connection.waiting().isEmpty() && connection.takeStream()) {
				served.add(connection.waiting().remove());
			}
			others = new ArrayList<>(connection.waiting());
			connection.waiting().clear();
		}
		opener.opened(connection.transport());
		if (served.isEmpty()) {
			connection.idle(this.settings.pool().maxIdleTime().toNanos());
		}
		served.forEach(connection::serve);
		if (served.isEmpty() && !others.isEmpty()) {
			// The peer allows none.
			leave(connection);
			others.forEach(this::serveAgain);
		}
		else {
			others.forEach(this::serve);
		}
		if (connection.isLeftWhenOpened()) {
			leave(connection);
		}
	}

	/**
	 * Closes idle connections if there must be fewer before another one can be opened.
	 * @return whether there may be room now
	 */
	Mono<Boolean> makeRoom() {
		return this.limit.makeRoom();
	}

	/**
	 * Takes note of what a peer allows from now on.
	 * @param connection the connection
	 * @param protocol what its peer has said of it
	 */
	synchronized void updated(SharedConnection connection, Http2Connection protocol) {
		int maxStreams = Math.min(protocol.local().maxActiveStreams(), MAX_STREAMS);
		connection.maxStreams(maxStreams);
		this.expectedStreams = Math.max(1, Math.min(maxStreams, EXPECTED_STREAMS));
	}

	/**
	 * Takes back the place of a connection that is closed, or could not be opened.
	 * @param connection the connection
	 * @param reason why, for those who have waited for it
	 */
	void closed(SharedConnection connection, Throwable reason) {
		List<StreamRequest> waiting;
		synchronized (this) {
			if (!this.connections.remove(connection)) {
				return;
			}
			connection.enter(StreamState.CLOSED);
			waiting = new ArrayList<>(connection.waiting());
			connection.waiting().clear();
		}
		waiting.forEach(
				(request) -> request.fail((reason instanceof OutOfSocketsException) ? this.limit.refuse() : reason));
	}

	/**
	 * Takes back a stream that has ended. Runs on the event loop of the connection.
	 * @param connection the connection
	 */
	void returned(SharedConnection connection) {
		boolean surplus;
		boolean idle;
		synchronized (this) {
			connection.returnStream();
			idle = connection.isIdle();
			surplus = idle && count(SharedConnection::isIdle) > this.settings.pool().maxIdlePerAddress();
			if (surplus) {
				connection.enter(StreamState.LEAVING);
			}
			surplus |= connection.state() == StreamState.LEAVING && connection.streams() == 0;
		}
		if (surplus) {
			connection.close();
		}
		else if (idle) {
			connection.idle(this.settings.pool().maxIdleTime().toNanos());
		}
	}

	/**
	 * Lets a connection have no more streams, and closes it when it has none.
	 * @param connection the connection
	 */
	void leave(SharedConnection connection) {
		synchronized (this) {
			if (connection.state() != StreamState.OPEN) {
				return;
			}
			connection.enter(StreamState.LEAVING);
			if (connection.streams() > 0) {
				return;
			}
		}
		connection.close();
	}

	/**
	 * Closes a connection if it has no stream.
	 * @param connection the connection
	 */
	void leaveIfIdle(SharedConnection connection) {
		if (retire(connection)) {
			connection.close();
		}
	}

	/**
	 * Lets a connection that has no stream never have one again.
	 * @param connection the connection
	 * @return whether it has none, so that it must be closed
	 */
	synchronized boolean retire(SharedConnection connection) {
		if (!connection.isIdle()) {
			return false;
		}
		connection.enter(StreamState.LEAVING);
		return true;
	}

	/**
	 * Closes the connections without a stream, and the others when their streams have
	 * ended, those among them that are being opened.
	 * @return completes at once
	 */
	Mono<Void> disposeLater() {
		return Mono.fromRunnable(() -> {
			List<SharedConnection> present;
			synchronized (this) {
				present = List.copyOf(this.connections);
				present.forEach(SharedConnection::leaveWhenOpened);
			}
			present.forEach(this::leave);
		});
	}

	int active() {
		return count((connection) -> !connection.isIdle());
	}

	int idle() {
		return count(SharedConnection::isIdle);
	}

	synchronized int streams() {
		return this.connections.stream().mapToInt(SharedConnection::streams).sum();
	}

	private synchronized int count(Predicate<SharedConnection> condition) {
		int count = 0;
		for (SharedConnection connection : this.connections) {
			if (condition.test(connection)) {
				count++;
			}
		}
		return count;
	}

}
