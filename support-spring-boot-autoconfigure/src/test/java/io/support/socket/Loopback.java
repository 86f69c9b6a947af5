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

package io.support.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;

import io.netty.channel.Channel;
import reactor.netty.Connection;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

/**
 * A connection over loopback: a {@link BufferedSocket} on this side, a plain socket on
 * the peer's. Waits for ten seconds at the most.
 */
final class Loopback implements AutoCloseable {

	static final byte[] CRLF = { '\r', '\n' };

	static final Duration SHORT = Duration.ofMillis(50);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final LoopResources loops;

	private final Connection connection;

	private final Socket peer;

	private final BufferedSocket socket;

	private Loopback(LoopResources loops, Connection connection, Socket peer) {
		this.loops = loops;
		this.connection = connection;
		this.peer = peer;
		this.socket = BufferedSocket.over(connection.channel());
	}

	static Loopback open() throws IOException {
		return open(true);
	}

	static Loopback open(boolean preferNative) throws IOException {
		return open(preferNative, (client) -> client);
	}

	static Loopback open(boolean preferNative, UnaryOperator<TcpClient> settings) throws IOException {
		LoopResources loops = LoopResources.create("socket-test", 1, true);
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			TcpClient client = TcpClient.create(ConnectionProvider.newConnection())
				.runOn(loops, preferNative)
				.host("127.0.0.1")
				.port(server.getLocalPort());
			Connection connection = settings.apply(client).connectNow(PATIENCE);
			Socket peer = server.accept();
			peer.setSoTimeout((int) PATIENCE.toMillis());
			peer.setTcpNoDelay(true);
			return new Loopback(loops, connection, peer);
		}
	}

	BufferedSocket socket() {
		return this.socket;
	}

	ReceiveQueue receives() {
		return handler().receives();
	}

	SendQueue sends() {
		return handler().sends();
	}

	private SocketHandler handler() {
		return this.connection.channel().pipeline().get(SocketHandler.class);
	}

	Channel channel() {
		return this.connection.channel();
	}

	Connection connection() {
		return this.connection;
	}

	Socket peer() {
		return this.peer;
	}

	/**
	 * Sends as the peer.
	 */
	Loopback says(String text) throws IOException {
		return says(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	Loopback says(byte[] bytes) throws IOException {
		this.peer.getOutputStream().write(bytes);
		return this;
	}

	/**
	 * Receives as the peer.
	 */
	String hears(int size) throws IOException {
		return text(this.peer.getInputStream().readNBytes(size));
	}

	/**
	 * Ends the connection as the peer, with a reset.
	 */
	void resets() throws IOException {
		this.peer.setSoLinger(true, 0);
		this.peer.close();
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	@Override
	public void close() throws IOException {
		this.peer.close();
		this.connection.channel().close().syncUninterruptibly();
		this.loops.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
	}

}
