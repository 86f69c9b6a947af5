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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who reads the pages of a server, over a connection that is kept alive.
 */
final class PageReader {

	static final String JSON = "application/json";

	static final String HTML = "text/html";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(PATIENCE)
		.build();

	private final ServerProcess server;

	private final LongSupplier clock;

	PageReader(ServerProcess server, LongSupplier clock) {
		this.server = server;
		this.clock = clock;
	}

	/**
	 * Returns the paths of all pages, parts of a page left out.
	 * @return the paths, the index first
	 * @throws IOException if the server does not answer
	 */
	List<String> pages() throws IOException {
		JsonMapper json = JsonMapper.shared();
		List<String> pages = new ArrayList<>();
		json.readTree(ask("/actuator", JSON).body()).get("_links").forEachEntry((name, link) -> {
			if (name.startsWith("support") && !link.get("templated").booleanValue()) {
				pages.add(URI.create(link.get("href").stringValue()).getPath());
			}
		});
		for (JsonNode route : json.readTree(ask("/actuator/support", JSON).body()).at("/data/routes")) {
			pages.add(route.get("path").stringValue());
		}
		return pages;
	}

	/**
	 * Asks for a page.
	 * @param path its path
	 * @param type what is accepted
	 * @return the answer, whose status is 200
	 * @throws IOException if there is none
	 */
	Answer ask(String path, String type) throws IOException {
		HttpRequest request = HttpRequest.newBuilder(this.server.managementUri(path))
			.timeout(PATIENCE)
			.header("Accept", type)
			.build();
		long begun = this.clock.getAsLong();
		try {
			var response = this.client.send(request, BodyHandlers.ofByteArray());
			long nanos = this.clock.getAsLong() - begun;
			if (response.statusCode() != 200) {
				throw new IOException(path + " has answered " + response.statusCode() + ": "
						+ new String(response.body(), StandardCharsets.UTF_8));
			}
			return new Answer(path, nanos, response.body().length, new String(response.body(), StandardCharsets.UTF_8));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while waiting for " + path, ex);
		}
	}

	/**
	 * What was answered.
	 *
	 * @param path what was asked for
	 * @param nanos how long it took
	 * @param bytes how long the answer was
	 * @param body what came
	 */
	record Answer(String path, long nanos, int bytes, String body) {

	}

}
