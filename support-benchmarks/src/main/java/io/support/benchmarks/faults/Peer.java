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
import java.net.InetSocketAddress;

import io.netty.channel.EventLoopGroup;

/**
 * One address of a service.
 */
interface Peer extends AutoCloseable {

	/**
	 * Returns where it is.
	 * @return the address, with its port
	 */
	InetSocketAddress address();

	/**
	 * Is not there any more: whoever connects is refused, whoever is connected is not any
	 * longer.
	 */
	@Override
	void close();

	/**
	 * What makes a peer.
	 */
	interface Kind {

		/**
		 * Makes a peer.
		 * @param address where; a port of 0 is any that is free
		 * @param loop what it runs on
		 * @param census what it tells what it sees
		 * @return the peer
		 * @throws IOException if the address cannot be used
		 */
		Peer open(InetSocketAddress address, EventLoopGroup loop, Census census) throws IOException;

	}

}
