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
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer on a loopback port whose backlog is full, so that connecting to it does not end:
 * a black hole, for tests.
 */
final class FullPeer implements AutoCloseable {

	/*
	 * Linux keeps one more than it is asked to.
	 */
	private static final int BACKLOG = 1;

	private final ServerSocket server;

	private final List<Socket> waiting = new ArrayList<>();

	private FullPeer(ServerSocket server) {
		this.server = server;
	}

	static FullPeer open() {
		try {
			FullPeer peer = new FullPeer(new ServerSocket());
			peer.server.bind(new InetSocketAddress("127.0.0.1", 0), BACKLOG);
			for (int i = 0; i <= BACKLOG; i++) {
				Socket socket = new Socket();
				peer.waiting.add(socket);
				socket.connect(peer.server.getLocalSocketAddress());
			}
			return peer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String address() {
		return "127.0.0.1:" + this.server.getLocalPort();
	}

	@Override
	public void close() {
		try {
			for (Socket socket : this.waiting) {
				socket.close();
			}
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
