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

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Which address of a group a connection is opened for, by what it is opened with. Two
 * host names of one group are the same address until they have been resolved, so only
 * identity tells them apart.
 */
final class RemoteAddresses {

	private final Map<Identity, ManagedAddress> addresses = new ConcurrentHashMap<>();

	void add(ManagedAddress address) {
		this.addresses.put(new Identity(address.pool().remoteAddress()), address);
	}

	void remove(ManagedAddress address) {
		this.addresses.remove(new Identity(address.pool().remoteAddress()));
	}

	/**
	 * Lets an address watch a connection that is about to be opened to it.
	 * @param channel the connection
	 * @param remote to what it goes; nothing happens if that is none of the addresses
	 */
	void watch(Channel channel, @Nullable SocketAddress remote) {
		ManagedAddress address = (remote != null) ? this.addresses.get(new Identity(remote)) : null;
		if (address != null) {
			address.watch(channel);
		}
	}

	int size() {
		return this.addresses.size();
	}

	private record Identity(SocketAddress address) {

		@Override
		@SuppressWarnings("ReferenceEquality") // that is what it is for
		public boolean equals(Object other) {
			return other instanceof Identity identity && identity.address == this.address;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this.address);
		}

	}

}
