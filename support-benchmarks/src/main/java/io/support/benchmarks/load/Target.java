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

package io.support.benchmarks.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * Where requests go: a loopback address, because this generator takes down whatever it is
 * aimed at.
 *
 * @param address the resolved address
 * @param authority the value of the Host header
 * @param path path and query
 */
record Target(InetSocketAddress address, String authority, String path) {

	/**
	 * Resolves a target once, so that what has been checked is what is used.
	 * @param uri where requests go
	 * @return the target
	 * @throws IllegalArgumentException if it is not http, or not a loopback address
	 */
	static Target of(URI uri) {
		if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() <= 0) {
			throw new IllegalArgumentException("The target must look like http://127.0.0.1:8080/path, was: " + uri);
		}
		InetAddress address = resolve(uri);
		if (!address.isLoopbackAddress()) {
			throw new IllegalArgumentException("The load generator is aimed at loopback addresses only, was: "
					+ uri.getHost() + " (" + address.getHostAddress() + ")");
		}
		String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		return new Target(new InetSocketAddress(address, uri.getPort()), uri.getAuthority(), path + query);
	}

	/**
	 * Returns this target with another path.
	 * @param path path and query; empty for those of this target
	 * @return a target
	 */
	Target at(String path) {
		return path.isEmpty() ? this : new Target(this.address, this.authority, path);
	}

	byte[] request(boolean keepAlive, String header) {
		return ("GET " + this.path + " HTTP/1.1\r\nHost: " + this.authority + "\r\nAccept: */*\r\n"
				+ (header.isEmpty() ? "" : header + "\r\n") + (keepAlive ? "" : "Connection: close\r\n") + "\r\n")
			.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static InetAddress resolve(URI uri) {
		try {
			return InetAddress.getByName(uri.getHost());
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("The target's host is not known, was: " + uri, ex);
		}
	}

}
