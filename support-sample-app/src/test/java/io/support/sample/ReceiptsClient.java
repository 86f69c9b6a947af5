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

import java.net.URI;
import java.time.Duration;

import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/**
 * A client of a running sample application: its own port, and its management port.
 */
final class ReceiptsClient {

	static final String BREAD = """
			{"merchant": "baker-street", "amount": 7.4, "currency": "EUR",
			 "lines": [{"description": "Rye bread", "quantity": 2, "price": 3.70}]}""";

	private final WebTestClient application;

	private final WebTestClient management;

	private ReceiptsClient(WebTestClient application, WebTestClient management) {
		this.application = application;
		this.management = management;
	}

	static ReceiptsClient of(ApplicationContext context) {
		return new ReceiptsClient(client(context, "local.server.port"), client(context, "local.management.port"));
	}

	String issue(String receipt) {
		URI location = post(receipt).expectStatus()
			.isCreated()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getLocation();
		return String.valueOf(location);
	}

	ResponseSpec post(String receipt) {
		return post(this.application, "/receipts", receipt);
	}

	ResponseSpec get(String uri) {
		return this.application.get().uri(uri).exchange();
	}

	ResponseSpec manage(String uri) {
		return this.management.get().uri(uri).accept(MediaType.APPLICATION_JSON).exchange();
	}

	void change(String notary, String body) {
		post(this.management, "/actuator/notaries/" + notary, body).expectStatus().isOk();
	}

	private static ResponseSpec post(WebTestClient client, String uri, String body) {
		return client.post().uri(uri).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private static WebTestClient client(ApplicationContext context, String port) {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty(port))
			.responseTimeout(Duration.ofSeconds(20))
			.build();
	}

}
