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

package io.support.benchmarks.socket;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Sends the same message over and over to its one client, as fast as that reads.
 */
final class EndlessSender implements AutoCloseable {

	private static final int BLOCK = 1024 * 1024;

	private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

	private final byte[] block;

	EndlessSender(byte[] message) throws IOException {
		int count = Math.max(1, BLOCK / message.length);
		this.block = new byte[count * message.length];
		for (int i = 0; i < count; i++) {
			System.arraycopy(message, 0, this.block, i * message.length, message.length);
		}
		Thread thread = new Thread(this::send, "endless-sender");
		thread.setDaemon(true);
		thread.start();
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.server.getLocalSocketAddress();
	}

	private void send() {
		try (Socket client = this.server.accept()) {
			OutputStream stream = client.getOutputStream();
			while (true) {
				stream.write(this.block);
			}
		}
		catch (IOException ex) {
			// The client has seen enough.
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
