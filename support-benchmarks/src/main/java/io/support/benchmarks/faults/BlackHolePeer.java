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
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.EventLoopGroup;

/**
 * A peer that connections hang at: it listens, never accepts, and its backlog is full, so
 * that the kernel drops whoever knocks.
 */
final class BlackHolePeer implements Peer {

	private static final int BACKLOG = 1;

	private static final int MAX_FILLERS = 16;

	/**
	 * A connection that is not there by then is not going to be.
	 */
	private static final int HANGS_MILLIS = 100;

	private final ServerSocketChannel listener;

	private final List<SocketChannel> fillers = new ArrayList<>();

	private BlackHolePeer(ServerSocketChannel listener) {
		this.listener = listener;
	}

	static Peer open(InetSocketAddress address, EventLoopGroup loop, Census census) throws IOException {
		BlackHolePeer peer = new BlackHolePeer(ServerSocketChannel.open());
		try {
			peer.listener.bind(address, BACKLOG);
			peer.fill();
			return peer;
		}
		catch (IOException ex) {
			peer.close();
			throw ex;
		}
	}

	private void fill() throws IOException {
		try (Selector selector = Selector.open()) {
			while (this.fillers.size() < MAX_FILLERS) {
				SocketChannel filler = SocketChannel.open();
				this.fillers.add(filler);
				filler.configureBlocking(false);
				if (!filler.connect(address()) && hangs(filler, selector)) {
					return;
				}
			}
		}
		throw new IOException("The backlog at " + address() + " takes more than " + MAX_FILLERS
				+ " connections; a black hole needs a kernel that keeps to it, such as Linux");
	}

	private static boolean hangs(SocketChannel filler, Selector selector) throws IOException {
		SelectionKey key = filler.register(selector, SelectionKey.OP_CONNECT);
		boolean hangs = selector.select(HANGS_MILLIS) == 0;
		if (!hangs) {
			selector.selectedKeys().clear();
			filler.finishConnect();
		}
		key.cancel();
		selector.selectNow();
		return hangs;
	}

	@Override
	public InetSocketAddress address() {
		try {
			return (InetSocketAddress) this.listener.getLocalAddress();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (SocketChannel filler : this.fillers) {
				filler.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
