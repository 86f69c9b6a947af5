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

package io.support.benchmarks.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

import io.netty.channel.EventLoopGroup;

/**
 * A peer that refuses connections: its port is taken, so that nobody else can listen
 * there, and nobody listens.
 */
final class RefusingPeer implements Peer {

	private final SocketChannel holder;

	private RefusingPeer(SocketChannel holder) {
		this.holder = holder;
	}

	static Peer open(InetSocketAddress address, EventLoopGroup loop, Census census) throws IOException {
		SocketChannel holder = SocketChannel.open();
		try {
			return new RefusingPeer(holder.bind(address));
		}
		catch (IOException ex) {
			holder.close();
			throw ex;
		}
	}

	@Override
	public InetSocketAddress address() {
		try {
			return (InetSocketAddress) this.holder.getLocalAddress();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.holder.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
