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

import java.io.IOException;

import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClientConfig;

/**
 * A request that wants a stream, until it has one or is told that there is none.
 */
final class StreamRequest {

	/*
	 * How often a stream may turn out to be of no use before the request has begun,
	 * because the connection came to its end just then.
	 */
	private static final int MAX_TRIES = 3;

	private final HttpClientConfig config;

	private final ConnectionObserver observer;

	private final AddressResolverGroup<?> resolvers;

	private final MonoSink<Connection> sink;

	private int tries;

	private volatile boolean cancelled;

	private volatile @Nullable Connection stream;

	StreamRequest(HttpClientConfig config, ConnectionObserver observer, AddressResolverGroup<?> resolvers,
			MonoSink<Connection> sink) {
		this.config = config;
		this.observer = observer;
		this.resolvers = resolvers;
		this.sink = sink;
		sink.onCancel(this::cancel);
	}

	private void cancel() {
		this.cancelled = true;
		Connection stream = this.stream;
		if (stream != null) {
			stream.dispose();
		}
	}

	HttpClientConfig config() {
		return this.config;
	}

	AddressResolverGroup<?> resolvers() {
		return this.resolvers;
	}

	/*
	 * Requests of differently refined clients must not meet on a connection: TLS is one
	 * of the differences.
	 */
	int key() {
		return this.config.channelHash();
	}

	boolean isCancelled() {
		return this.cancelled;
	}

	/*
	 * Whether one more stream may be tried.
	 */
	boolean tryAgain() {
		return !this.cancelled && ++this.tries < MAX_TRIES;
	}

	void opened(Connection connection) {
		this.observer.onStateChange(connection, ConnectionObserver.State.CONNECTED);
	}

	/*
	 * Runs on the event loop of the stream.
	 */
	void serve(Http2StreamChannel channel, SharedConnection connection) {
		StreamObserver observer = new StreamObserver(this.observer, this.sink.contextView(), connection);
		Connection stream = StreamObserver.configure(channel, this.config, observer);
		this.stream = stream;
		if (this.cancelled) {
			stream.dispose();
			return;
		}
		// The caller may be gone: it disposes of the stream now, and nothing is sent.
		this.sink.success(stream);
		observer.configured(stream);
	}

	void fail(Throwable error) {
		if (!this.cancelled) {
			this.sink.error(error);
		}
	}

	void giveUp() {
		fail(new IOException("No stream could be opened on a connection to the peer"));
	}

}
