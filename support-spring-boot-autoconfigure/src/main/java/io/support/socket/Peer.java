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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;

/**
 * The words for messages.
 */
final class Peer {

	private Peer() {
	}

	/**
	 * Names the other side of a connection, without asking a name server.
	 * @param channel the connection
	 * @return host and port, or what the channel calls itself
	 */
	static String name(Channel channel) {
		SocketAddress address = channel.remoteAddress();
		if (address instanceof InetSocketAddress inet) {
			return inet.getHostString() + ":" + inet.getPort();
		}
		return String.valueOf((address != null) ? address : channel);
	}

	static String time(long nanos) {
		long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
		return (millis > 0) ? millis + " ms" : nanos + " ns";
	}

}
