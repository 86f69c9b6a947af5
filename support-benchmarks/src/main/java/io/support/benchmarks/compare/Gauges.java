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

package io.support.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server holds for its clients, as its own gauges say: nothing of it may be left
 * when they have gone.
 */
final class Gauges {

	private static final List<String> NAMES = List.of("support_acceptor_queue_depth_connections",
			"support_acceptor_connections", "support_admission_inflight_requests", "support_dispatch_depth_calls");

	private static final int TIMEOUT_MILLIS = 10_000;

	private Gauges() {
	}

	/**
	 * Reads the gauges that are there.
	 * @param server a server with a management port
	 * @return their values by name
	 * @throws IOException if the server does not answer
	 */
	static Map<String, Double> of(ServerProcess server) throws IOException {
		return parse(get(server.managementUri("/actuator/prometheus")));
	}

	/**
	 * Reads Prometheus's text format. Gauges with equal names are added.
	 * @param text the text
	 * @return the values of those gauges that are there
	 */
	static Map<String, Double> parse(String text) {
		Map<String, Double> values = new LinkedHashMap<>();
		text.lines().filter((line) -> !line.startsWith("#") && line.contains(" ")).forEach((line) -> {
			String name = line.substring(0, line.indexOf((line.indexOf('{') > 0) ? '{' : ' '));
			if (NAMES.contains(name)) {
				values.merge(name, Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)), Double::sum);
			}
		});
		return values;
	}

	/**
	 * Asks a server over a connection of its own, of which nothing is left.
	 * @param uri what for
	 * @return the answer
	 * @throws IOException if there is none
	 */
	static String get(URI uri) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
		connection.setRequestProperty("Connection", "close");
		connection.setConnectTimeout(TIMEOUT_MILLIS);
		connection.setReadTimeout(TIMEOUT_MILLIS);
		try (InputStream body = connection.getInputStream()) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
		finally {
			connection.disconnect();
		}
	}

}
