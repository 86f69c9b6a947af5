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

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import org.springframework.util.ClassUtils;

/**
 * Knows whether the system has seen that the peer has closed its side, although there may
 * be bytes to be read before that. Only of connections with epoll; works without.
 */
final class PeerEnd {

	private static final boolean EPOLL = ClassUtils.isPresent("io.netty.channel.epoll.EpollSocketChannel",
			PeerEnd.class.getClassLoader());

	private PeerEnd() {
	}

	static boolean isSeen(Channel channel) {
		return EPOLL && Epoll.isSeen(channel);
	}

	/**
	 * Loaded only where it is present.
	 */
	private static final class Epoll {

		/** Of the states of the kernel, in {@code tcp_states.h}. */
		private static final int ESTABLISHED = 1;

		private static boolean isSeen(Channel channel) {
			try {
				return channel instanceof EpollSocketChannel epoll && epoll.tcpInfo().state() != ESTABLISHED;
			}
			catch (ChannelException ex) {
				// It is closed.
				return true;
			}
		}

	}

}
