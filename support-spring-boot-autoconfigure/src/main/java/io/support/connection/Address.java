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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One address of a group.
 *
 * @param host the host name or IP address; an IPv6 address without brackets
 * @param port the port, 1 to 65535
 * @param weight how often this address is drawn, relative to the others of its tier;
 * positive
 */
public record Address(String host, int port, int weight) {

	private static final Pattern FORMAT = Pattern.compile(
			"(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<host>[^\\s:;\\[\\]/]+)):(?<port>\\d{1,5})(?:;weight=(?<weight>[^;]*))?");

	/**
	 * Creates an address.
	 * @param host the host name or IP address
	 * @param port the port
	 * @param weight how often the address is drawn
	 * @throws IllegalArgumentException if the host is empty, the port is out of range or
	 * the weight is not positive
	 */
	public Address {
		if (host.isBlank()) {
			throw new IllegalArgumentException("the host must not be empty, as in 10.0.0.1:8080");
		}
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("the port must be 1 to 65535, as in 10.0.0.1:8080");
		}
		if (weight < 1) {
			throw new IllegalArgumentException(
					"the weight must be a positive whole number, as in 10.0.0.1:8080;weight=2");
		}
	}

	/**
	 * Reads an address.
	 * @param value {@code host:port} or {@code host:port;weight=n}, an IPv6 address in
	 * brackets
	 * @return the address; its weight is 1 unless given
	 * @throws IllegalArgumentException if the value is malformed; the message says what a
	 * good one looks like
	 */
	public static Address parse(String value) {
		Matcher matcher = FORMAT.matcher(value.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"an address is host:port or host:port;weight=n, as in 10.0.0.1:8080;weight=2 or [::1]:8080");
		}
		String host = (matcher.group("v6") != null) ? matcher.group("v6") : matcher.group("host");
		return new Address(host, Integer.parseInt(matcher.group("port")), weight(matcher.group("weight")));
	}

	private static int weight(String value) {
		try {
			return (value != null) ? Integer.parseInt(value.strip()) : 1;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	/**
	 * Returns the address without its weight, as it is shown and as meters are tagged.
	 * @return {@code host:port}, an IPv6 address in brackets
	 */
	@Override
	public String toString() {
		return ((this.host.indexOf(':') < 0) ? this.host : "[" + this.host + "]") + ":" + this.port;
	}

}
