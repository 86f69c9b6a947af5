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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be done with an accepted connection that no event loop has registered: its
 * pipeline does not run yet, and setting it up would cost more than is to be spent. Where
 * the transport is not native, {@link #end} is all that works.
 * <p>
 * Thread-safe; a connection belongs to whoever took it.
 */
final class RawSocket {

	private static final Logger logger = LoggerFactory.getLogger(RawSocket.class);

	/*
	 * States of a TCP connection, from include/net/tcp_states.h of Linux.
	 */
	private static final int CLOSED = 7;

	private static final int CLOSE_WAIT = 8;

	private static final byte[] UNAVAILABLE = """
			HTTP/1.1 503 Service Unavailable\r
			retry-after: 1\r
			content-length: 0\r
			connection: close\r
			\r
			""".getBytes(StandardCharsets.US_ASCII);

	private final ByteBuffer unavailable = ByteBuffer.allocateDirect(UNAVAILABLE.length).put(UNAVAILABLE);

	/*
	 * What is read into it is never looked at, so that threads may share it.
	 */
	private final ByteBuffer waste = ByteBuffer.allocateDirect(16 * 1024);

	/**
	 * Returns whether the peer has closed its end: there is nobody to be answered.
	 * @param connection the connection, not registered
	 * @return whether it has, as far as the kernel knows; false where that cannot be told
	 */
	boolean isAbandoned(Channel connection) {
		if (!(connection instanceof EpollSocketChannel socket)) {
			return false;
		}
		try {
			int state = socket.tcpInfo(new EpollTcpInfo()).state();
			return state == CLOSED || state == CLOSE_WAIT;
		}
		catch (ChannelException ex) {
			return !connection.isOpen();
		}
	}

	/**
	 * Ends a connection.
	 * @param connection the connection, not registered
	 * @param refusal how
	 */
	void end(Channel connection, Refusal refusal) {
		if (refusal == Refusal.RESET) {
			lingerForNothing(connection);
		}
		else if (connection instanceof EpollSocketChannel socket) {
			answer(socket, refusal);
		}
		connection.unsafe().closeForcibly();
	}

	private void lingerForNothing(Channel connection) {
		try {
			connection.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		catch (ChannelException ex) {
			logger.debug("Closing {} without a reset, the peer is gone already", connection, ex);
		}
	}

	/*
	 * A socket that is closed with something left to read is reset by the kernel, and a
	 * reset makes the peer throw away what it has not read yet.
	 */
	private void answer(EpollSocketChannel socket, Refusal refusal) {
		try {
			socket.fd().read(this.waste, 0, this.waste.capacity());
			if (refusal == Refusal.RESPOND) {
				socket.fd().write(this.unavailable, 0, UNAVAILABLE.length);
			}
		}
		catch (IOException ex) {
			logger.debug("Closing {} without an answer, the peer is gone already", socket, ex);
		}
	}

}
