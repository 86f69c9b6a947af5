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

package io.support.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of a running sample application: of its own port, and of its management port.
 * It shares no code and no thread with the application.
 */
final class ReceiptsClient {

	static final String BREAD = """
			{"merchant": "baker-street", "amount": 7.4, "currency": "EUR",
			 "lines": [{"text": "Rye bread", "quantity": 2, "unitPrice": 3.70}]}""";

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final HttpClient http = HttpClient.newHttpClient();

	private final URI application;

	private final URI management;

	ReceiptsClient(ApplicationContext context) {
		this.application = base(context, "local.server.port");
		this.management = base(context, "local.management.port");
	}

	String issue(String receipt) {
		Answer answer = post(receipt);
		assertThat(answer.status()).as(answer.body()).isEqualTo(201);
		return answer.headers().firstValue("Location").orElseThrow();
	}

	Answer post(String receipt) {
		return send(post(this.application.resolve("/receipts"), receipt));
	}

	Answer get(String path) {
		return send(HttpRequest.newBuilder(this.application.resolve(path)));
	}

	Answer manage(String path) {
		return send(HttpRequest.newBuilder(this.management.resolve(path)));
	}

	void change(String notary, String change) {
		Answer answer = send(post(this.management.resolve("/actuator/notaries/" + notary), change));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
	}

	private static HttpRequest.Builder post(URI uri, String body) {
		return HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body));
	}

	private static Answer send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.headers(), response.body());
		}
		catch (IOException ex) {
			throw new AssertionError("No answer", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
	}

	private static URI base(ApplicationContext context, String port) {
		return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty(port));
	}

	record Answer(int status, HttpHeaders headers, String body) {

		JsonNode json() {
			return JsonMapper.shared().readTree(this.body);
		}

		/**
		 * Returns one value of the JSON.
		 * @param pointer a JSON pointer, such as {@code /lines/0/price}
		 * @return the value as text; empty if there is none
		 */
		String value(String pointer) {
			return json().at(pointer).asString("");
		}

		boolean isProblem() {
			return this.headers.firstValue("Content-Type").orElse("").startsWith("application/problem+json");
		}

	}

}
