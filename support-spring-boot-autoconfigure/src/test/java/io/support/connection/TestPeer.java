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
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;
import reactor.netty.tcp.TcpServer;

/**
 * A peer on a loopback port of its own, for tests: one that answers, or one that breaks
 * its connections.
 */
public final class TestPeer implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final LoopResources loops;

	private final DisposableServer server;

	private final Queue<Channel> connections;

	private final List<String> requests;

	private final List<String> serverNames;

	private TestPeer(LoopResources loops, DisposableServer server, Queue<Channel> connections, List<String> requests,
			List<String> serverNames) {
		this.serverNames = serverNames;
		this.loops = loops;
		this.server = server;
		this.connections = connections;
		this.requests = requests;
	}

	public static TestPeer answering(String body) {
		return answering(body, 0);
	}

	public static TestPeer answering(String body, int port) {
		return answering(body, "127.0.0.1", port);
	}

	/**
	 * Answers {@code body} to everything, {@code /redirect?to=} with a redirect,
	 * {@code /silent} with nothing, {@code /endless} with what does not end and
	 * {@code /echo} with what it is sent; remembers method, Host and URI of every
	 * request.
	 */
	public static TestPeer answering(String body, String host, int port) {
		return answering(host, port, saying(body), UnaryOperator.identity());
	}

	private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> saying(String body) {
		return (request, response) -> {
			if (request.uri().startsWith("/redirect?to=")) {
				return response.sendRedirect(request.uri().substring("/redirect?to=".length()));
			}
			if (request.uri().equals("/silent")) {
				return Mono.never();
			}
			if (request.uri().equals("/endless")) {
				return response.sendString(Flux.just("endless").concatWith(Flux.never()), StandardCharsets.UTF_8);
			}
			if (request.uri().equals("/echo")) {
				return response.send(request.receive().retain());
			}
			return request.receive().aggregate().then(response.sendString(Mono.just(body)).then());
		};
	}

	/**
	 * Answers {@code body} to everything, after as long as it is told to at that moment.
	 */
	public static TestPeer slow(String body, Supplier<Duration> delay) {
		return answering("127.0.0.1", 0,
				(request, response) -> request.receive()
					.aggregate()
					.then(after(request, delay.get()))
					.then(response.sendString(Mono.just(body)).then()));
	}

	/*
	 * On its own event loop, as a server does.
	 */
	private static Mono<Void> after(HttpServerRequest request, Duration delay) {
		return Mono.create((sink) -> request.withConnection((connection) -> {
			Future<?> timer = connection.channel()
				.eventLoop()
				.schedule(() -> sink.success(), delay.toNanos(), TimeUnit.NANOSECONDS);
			sink.onCancel(() -> timer.cancel(false));
		}));
	}

	/**
	 * Answers everything with the body that it got.
	 */
	public static TestPeer echoing() {
		return answering("127.0.0.1", 0, (request, response) -> response.send(request.receive().retain()));
	}

	/**
	 * Answers everything with a status and no body.
	 */
	public static TestPeer refusing(int status) {
		return answering("127.0.0.1", 0, (request, response) -> response.status(status).send());
	}

	/**
	 * Reads every request and answers none.
	 */
	public static TestPeer mute() {
		return answering("127.0.0.1", 0, (request, response) -> request.receive().then(Mono.never()));
	}

	/**
	 * Answers through TLS, and remembers for whom each client asked.
	 */
	@SuppressWarnings("deprecation") // what makes certificates instead is a module
	public static TestPeer secure(String body, SelfSignedCertificate certificate, HttpProtocol protocol) {
		SslProvider.GenericSslContextSpec<?> context = (protocol == HttpProtocol.H2)
				? Http2SslContextSpec.forServer(certificate.certificate(), certificate.privateKey())
				: Http11SslContextSpec.forServer(certificate.certificate(), certificate.privateKey());
		return answering("127.0.0.1", 0, saying(body),
				(server) -> server.protocol(protocol).secure((spec) -> spec.sslContext(context)));
	}

	/**
	 * Answers on HTTP/2 without TLS.
	 */
	public static TestPeer http2(String body) {
		return answering("127.0.0.1", 0, saying(body), (server) -> server.protocol(HttpProtocol.H2C).compress(true));
	}

	private static TestPeer answering(String host, int port,
			BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
		return answering(host, port, handler, UnaryOperator.identity());
	}

	private static TestPeer answering(String host, int port,
			BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler,
			UnaryOperator<HttpServer> customizer) {
		LoopResources loops = LoopResources.create("test-peer", 1, true);
		Queue<Channel> connections = new ConcurrentLinkedQueue<>();
		List<String> requests = new CopyOnWriteArrayList<>();
		List<String> serverNames = new CopyOnWriteArrayList<>();
		DisposableServer server = customizer.apply(HttpServer.create())
			.runOn(loops)
			.host(host)
			.port(port)
			.doOnChannelInit((observer, channel, remote) -> connections.add(channel))
			.handle((request, response) -> {
				request.withConnection((connection) -> serverNames.addAll(serverNames(connection.channel())));
				requests.add(request.method() + " " + request.requestHeaders().get("Host") + " " + request.uri());
				return handler.apply(request, response);
			})
			.bindNow(TIMEOUT);
		return new TestPeer(loops, server, connections, requests, serverNames);
	}

	private static List<String> serverNames(Channel channel) {
		Channel connection = (channel.parent() instanceof ServerChannel) ? channel : channel.parent();
		SslHandler handler = connection.pipeline().get(SslHandler.class);
		return (handler != null && handler.engine().getSession() instanceof ExtendedSSLSession session)
				? session.getRequestedServerNames().stream().map((name) -> ((SNIHostName) name).getAsciiName()).toList()
				: List.of();
	}

	/**
	 * Reads the first bytes of every request and then closes the connection, with a reset
	 * if asked for.
	 */
	public static TestPeer cutting(boolean reset) {
		LoopResources loops = LoopResources.create("test-peer", 1, true);
		Queue<Channel> connections = new ConcurrentLinkedQueue<>();
		List<String> requests = new CopyOnWriteArrayList<>();
		DisposableServer server = TcpServer.create()
			.runOn(loops)
			.host("127.0.0.1")
			.port(0)
			.doOnConnection((connection) -> {
				connections.add(connection.channel());
				connection.inbound().receive().asString().take(1).subscribe((bytes) -> {
					requests.add(bytes.lines().findFirst().orElse(""));
					cut(connection, reset);
				});
			})
			.bindNow(TIMEOUT);
		return new TestPeer(loops, server, connections, requests, List.of());
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the client sees the end
	private static void cut(Connection connection, boolean reset) {
		if (reset) {
			connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
		}
		connection.channel().close();
	}

	/**
	 * Returns an address on which nobody listens.
	 */
	public static String deadAddress() {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress("127.0.0.1", 0));
			return "127.0.0.1:" + socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String address() {
		InetSocketAddress bound = (InetSocketAddress) this.server.address();
		return bound.getAddress().getHostAddress() + ":" + bound.getPort();
	}

	public int port() {
		return this.server.port();
	}

	/**
	 * Returns how many connections were accepted.
	 */
	public int connections() {
		return this.connections.size();
	}

	/**
	 * Returns how many of them are open.
	 */
	public long openConnections() {
		return this.connections.stream().filter(Channel::isActive).count();
	}

	public List<String> requests() {
		return this.requests;
	}

	/**
	 * Returns the names that were asked for when TLS began, one for each request.
	 */
	public List<String> serverNames() {
		return this.serverNames;
	}

	/**
	 * Stops listening and breaks every connection.
	 */
	@Override
	public void close() {
		if (this.server.isDisposed()) {
			return;
		}
		this.server.disposeNow(TIMEOUT);
		this.connections.forEach((channel) -> channel.close().syncUninterruptibly());
		this.loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);
	}

}
