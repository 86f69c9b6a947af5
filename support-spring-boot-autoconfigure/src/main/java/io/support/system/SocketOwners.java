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

package io.support.system;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.support.context.SocketOwner;

/**
 * To what the sockets of the process belong, by the addresses of their ends. A copy as of
 * one moment. Confined to a thread.
 */
final class SocketOwners implements SocketOwner.Sockets {

	/** By both ends. */
	private final Map<String, String> connections = new HashMap<>();

	/** By the own port. */
	private final Map<String, String> ports = new HashMap<>();

	private SocketOwners() {
	}

	static SocketOwners of(Stream<SocketOwner> owners) {
		SocketOwners known = new SocketOwners();
		owners.forEach((owner) -> owner.forEachSocket(known));
		return known;
	}

	@Override
	public void add(@Nullable SocketAddress local, @Nullable SocketAddress remote, String owner) {
		if (!(local instanceof InetSocketAddress own) || own.getPort() == 0) {
			return;
		}
		if (remote == null) {
			this.ports.putIfAbsent(String.valueOf(own.getPort()), owner);
		}
		else if (remote instanceof InetSocketAddress other) {
			this.connections.putIfAbsent(key(endpoint(own), endpoint(other)), owner);
		}
	}

	/**
	 * Returns to what a socket belongs.
	 * @param local its own end, as {@link SocketTable} writes it
	 * @param remote the other end; {@code null} if it has none
	 * @return the owner; {@code null} if nobody knows it
	 */
	@Nullable String find(String local, @Nullable String remote) {
		String owner = (remote != null) ? this.connections.get(key(local, remote)) : null;
		return (owner != null) ? owner : this.ports.get(local.substring(local.lastIndexOf(':') + 1));
	}

	private static String key(String local, String remote) {
		return local + ' ' + remote;
	}

	private static String endpoint(InetSocketAddress end) {
		InetAddress address = end.getAddress();
		if (address == null) {
			return end.getHostString() + ':' + end.getPort();
		}
		return SocketTable.host(address.getAddress()) + ':' + end.getPort();
	}

}
