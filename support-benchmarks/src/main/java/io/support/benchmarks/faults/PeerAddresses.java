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

import java.util.List;

/**
 * Where the peers of a site are.
 *
 * @param tiers their IP addresses, the preferred ones first
 * @param port the port, the same for all of them
 * @param namePort the port of the name server, at 127.0.0.1
 */
record PeerAddresses(List<List<String>> tiers, int port, int namePort) {

	/**
	 * Returns where all of them are, for those who know no tiers.
	 * @return addresses with their port
	 */
	List<String> all() {
		return this.tiers.stream().flatMap(List::stream).map(this::withPort).toList();
	}

	String withPort(String host) {
		return host + ":" + this.port;
	}

}
