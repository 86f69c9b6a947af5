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

package io.support.autoconfigure.meta;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.WebApplicationType;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;

import io.support.connection.ConnectionManager;
import io.support.connection.TestPeer;
import io.support.context.ContextContributor;
import io.support.context.SupportContext;
import io.support.event.Operations;
import io.support.event.Outcome;
import io.support.testing.HttpConnection;

/**
 * An application that is full of secrets, looks for them on its own pages, and says where
 * they are.
 */
public final class SecretiveApplication {

	/** What is in every secret. */
	private static final String PLANTED = "planted";

	/** What it says of a secret that it has found. */
	static final String FOUND = "found ";

	/** What it says in the end. */
	static final String PAGES = "pages ";

	private SecretiveApplication() {
	}

	static String secret(String place) {
		return PLANTED + '-' + place;
	}

	/**
	 * Starts an application with secrets, looks for them, and says where they are.
	 * @param properties properties of the application
	 * @throws IOException if nobody can talk to it
	 */
	public static void main(String[] properties) throws IOException {
		CountDownLatch end = new CountDownLatch(1);
		try (TestPeer peer = TestPeer.answering(body("answer"))) {
			String[] all = new String[properties.length + 1];
			System.arraycopy(properties, 0, all, 0, properties.length);
			all[properties.length] = "support.connections.groups.payments.tiers[0].addresses=" + peer.address();
			try (MetaServer server = MetaServer.start(WebApplicationType.REACTIVE, all)) {
				plant(server, end);
				look(server);
			}
		}
		finally {
			end.countDown();
		}
	}

	private static String body(String place) {
		return "{\"card\": {\"password\": \"" + secret(place + "-body") + "\", \"access_token\":\""
				+ secret(place + "-token") + "\"}}";
	}

	private static void plant(MetaServer server, CountDownLatch end) throws IOException {
		talk(server);
		LogFactory.getLog("shop").warn("Cannot log in with password=" + secret("log-assignment"));
		LogFactory.getLog("shop").warn("Sent Authorization: Bearer " + secret("log-header"));
		LogFactory.getLog("shop")
			.error("Cannot connect to amqp://shop:" + secret("log-url") + "@broker", new IllegalStateException(
					"jdbc:postgresql://shop:" + secret("log-cause") + "@db/shop?password=" + secret("log-query")));
		LogFactory.getLog("shop").info("Got " + body("log"));
		server.bean(SupportContext.class).register(ContextContributor.of("failing", () -> {
			throw new IllegalStateException(
					"ldap://shop:" + secret("failure") + "@directory: secret=" + secret("failure-assignment"));
		}));
		server.bean(SupportContext.class)
			.register(ContextContributor.of("peers", () -> Map.of("https://shop:" + secret("key") + "@peer/", "up",
					"urls", List.of("ftp://shop:pass@" + secret("at") + "@peer/"))));
		server.bean(MeterRegistry.class).counter("logins", "password", secret("meter")).increment();
		server.bean(Operations.class)
			.happened("login", Outcome.FAILURE, 1, KeyValues.of("token", secret("event-token"), "target",
					"https://shop:" + secret("event-url") + "@peer/"));
		Thread thread = new Thread(() -> await(end), "reads https://shop:" + secret("thread") + "@peer/");
		thread.setDaemon(true);
		thread.start();
	}

	private static void talk(MetaServer server) throws IOException {
		server.bean(ConnectionManager.class)
			.httpClient("payments")
			.headers((headers) -> headers.set("Authorization", "Bearer " + secret("header-authorization"))
				.set("Cookie", "session=" + secret("header-cookie"))
				.set("X-Api-Key", secret("header-key"))
				.set("Content-Type", "application/json"))
			.post()
			.uri("/pay;jsessionid=" + secret("path") + "?token=" + secret("query"))
			.send(ByteBufFlux.fromString(Mono.just(body("request"))))
			.responseContent()
			.aggregate()
			.block(Duration.ofSeconds(20));
		try (HttpConnection connection = HttpConnection.to(server.applicationUri("/").getPort())) {
			connection
				.sendWith("Authorization: Basic " + secret("incoming-authorization"),
						"/login?password=" + secret("incoming-query"))
				.receiveHead();
		}
	}

	private static void await(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void look(MetaServer server) {
		PageCrawl crawl = PageCrawl.of(server);
		Pattern planted = Pattern.compile(PLANTED + "-[a-z-]+");
		for (HttpResponse<String> page : crawl.pages()) {
			HttpResponse<String> json = server.get(URI.create(page.uri() + "?format=json"), MetaServer.BROWSER);
			for (HttpResponse<String> answer : List.of(page, json)) {
				new TreeSet<>(planted.matcher(answer.body() + answer.headers().map())
					.results()
					.map(MatchResult::group)
					.toList()).forEach((secret) -> System.out.println(FOUND + secret + " at " + answer.uri()));
			}
		}
		System.out.println(PAGES + crawl.pages().size());
	}

}
