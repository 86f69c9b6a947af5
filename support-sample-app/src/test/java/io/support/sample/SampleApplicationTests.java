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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

import io.support.sample.ReceiptsClient.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the whole of the sample application: real sockets, a real database, two real
 * notaries.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "sample.notary.cut-share=0", "sample.signing.iterations=1000",
				"spring.datasource.url=jdbc:h2:mem:sample-application-tests;DB_CLOSE_DELAY=-1",
				"support.connections.groups.notary.markdown.duration=200ms" })
class SampleApplicationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@Autowired
	private ApplicationContext context;

	@Autowired
	private JdbcClient jdbc;

	private ReceiptsClient client;

	@DynamicPropertySource
	static void notaries(DynamicPropertyRegistry registry) {
		int[] ports = FreePorts.two();
		registry.add("sample.notary.ports.first", () -> ports[0]);
		registry.add("sample.notary.ports.second", () -> ports[1]);
	}

	@BeforeEach
	void mendNotaries() {
		this.client = new ReceiptsClient(this.context);
		this.client.change("first", "{\"running\": true, \"cutShare\": 0}");
		this.client.change("second", "{\"running\": true, \"cutShare\": 0}");
		Awaitility.await().atMost(TIMEOUT).until(this::notary, "first"::equals);
	}

	@Test
	void receiptIsIssuedAndVerifiedWhenItIsRead() {
		String location = this.client.issue(ReceiptsClient.BREAD);
		Answer receipt = this.client.get(location);
		assertThat(receipt.status()).isEqualTo(200);
		assertThat(receipt.value("/merchant")).isEqualTo("baker-street");
		assertThat(receipt.body()).contains("\"amount\":7.40,");
		assertThat(receipt.value("/lines/0/quantity")).isEqualTo("2");
		assertThat(receipt.value("/stamp/notary")).isEqualTo("first");
		assertThat(receipt.value("/verified")).isEqualTo("true");
	}

	@Test
	void receiptThatWasChangedInTheDatabaseIsNotVerified() {
		String location = this.client.issue(ReceiptsClient.BREAD);
		UUID id = UUID.fromString(location.substring("/receipts/".length()));
		assertThat(this.jdbc.sql("update receipt set amount = 8 where id = :id").param("id", id).update()).isOne();
		Answer receipt = this.client.get(location);
		assertThat(receipt.status()).isEqualTo(200);
		assertThat(receipt.value("/verified")).isEqualTo("false");
	}

	@Test
	void largeReceiptIsSignedAndVerified() {
		String line = "{\"text\": \"" + "Rye bread ".repeat(19) + "\", \"quantity\": 1, \"unitPrice\": 1},";
		String lines = line.repeat(200).substring(0, line.length() * 200 - 1);
		String location = this.client
			.issue("{\"merchant\": \"m\", \"amount\": 200, \"currency\": \"EUR\", \"lines\": [" + lines + "]}");
		Answer receipt = this.client.get(location);
		assertThat(receipt.json().at("/lines").size()).isEqualTo(200);
		assertThat(receipt.value("/verified")).isEqualTo("true");
	}

	@Test
	void receiptThatDoesNotExistIsNotFound() {
		Answer missing = this.client.get("/receipts/5b1c2f6e-3c0a-4a54-9d2c-0a1b2c3d4e5f");
		assertThat(missing.status()).isEqualTo(404);
		assertThat(missing.isProblem()).isTrue();
		assertThat(this.client.get("/receipts/1").status()).isEqualTo(400);
	}

	@Test
	void wrongFieldsAreNamed() {
		Answer answer = this.client
			.post("{\"merchant\": \"A B\", \"amount\": -1, \"currency\": \"EUR\", \"lines\": [{\"quantity\": 1}]}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.isProblem()).isTrue();
		assertThat(answer.json().at("/errors")).extracting((error) -> error.at("/field").asString())
			.containsExactly("amount", "lines[0].text", "lines[0].unitPrice", "merchant");
	}

	@Test
	void sumThatIsWrongIsExplained() {
		Answer answer = this.client.post(ReceiptsClient.BREAD.replace("7.4", "7.5"));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.value("/detail"))
			.isEqualTo("The amount must be the sum of the lines, which is 7.40, was: 7.5");
	}

	@Test
	void bodyThatIsNoJsonIsRefused() {
		Answer answer = this.client.post("{");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.isProblem()).isTrue();
	}

	@Test
	void pagesAreBoundedAndFollowEachOther() {
		String pages = "/receipts?limit=3&merchant=merchant-of-the-pages";
		List<String> issued = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			issued.add(0, this.client.issue(ReceiptsClient.BREAD.replace("baker-street", "merchant-of-the-pages")));
		}
		JsonNode first = this.client.get(pages).json();
		JsonNode second = this.client.get(pages + "&before=" + first.at("/next").asLong()).json();
		assertThat(first.at("/receipts").size()).isEqualTo(3);
		assertThat(second.at("/next").isNull()).isTrue();
		assertThat(Stream.of(first, second).flatMap((page) -> page.at("/receipts").valueStream()))
			.extracting((receipt) -> "/receipts/" + receipt.at("/id").asString())
			.containsExactlyElementsOf(issued);
		assertThat(this.client.get("/receipts?limit=101&merchant=m").status()).isEqualTo(400);
		assertThat(this.client.get("/receipts").status()).isEqualTo(400);
	}

	@Test
	void secondNotaryIsAskedWhenTheFirstIsStopped() {
		this.client.change("first", "{\"running\": false}");
		for (int i = 0; i < 5; i++) {
			assertThat(notary()).isEqualTo("second");
		}
	}

	@Test
	void notaryThatIsDownIsAWarning() {
		this.client.change("first", "{\"running\": false}");
		assertThat(notary()).isEqualTo("second");
		Answer warnings = this.client.manage("/actuator/support/warnings");
		assertThat(warnings.body()).contains("Addresses are marked down", "group.notary");
		assertThat(this.client.manage("/actuator/support").value("/data/warnings/0/severity")).isNotEmpty();
	}

	@Test
	void secondNotaryIsAskedWhenTheFirstCutsTheRequestOff() {
		this.client.change("first", "{\"cutShare\": 1}");
		for (int i = 0; i < 5; i++) {
			assertThat(notary()).isEqualTo("second");
		}
	}

	@Test
	void nothingIsStoredWithoutANotary() {
		this.client.change("first", "{\"running\": false}");
		this.client.change("second", "{\"running\": false}");
		Answer answer = this.client.post(ReceiptsClient.BREAD.replace("baker-street", "no-notary"));
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.isProblem()).isTrue();
		assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(this.client.get("/receipts?merchant=no-notary").json().at("/receipts").size()).isZero();
	}

	@Test
	void notariesAreShownAndUnknownOnesAreNotFound() {
		assertThat(this.client.manage("/actuator/notaries").json())
			.extracting((notary) -> notary.at("/name").asString())
			.containsExactly("first", "second");
		assertThat(this.client.manage("/actuator/notaries/third").status()).isEqualTo(404);
	}

	@Test
	void workIsBounded() {
		assertThat(this.client.get("/work?millis=1").status()).isEqualTo(200);
		assertThat(this.client.get("/work?millis=101").status()).isEqualTo(400);
		assertThat(this.client.get("/dispatched-work?millis=101").status()).isEqualTo(400);
	}

	@Test
	void workRunsOnTheEventLoopOrAwayFromIt() {
		assertThat(this.client.get("/work?millis=1").body()).contains("support-http-");
		assertThat(this.client.get("/dispatched-work?millis=1").body()).startsWith("1 ms of work on support-cpu");
	}

	@Test
	void indexSaysWhatCanBeTried() {
		String management = "http://localhost:" + this.context.getEnvironment().getProperty("local.management.port");
		assertThat(this.client.get("/").body()).contains("/receipts").contains(management + "/actuator/support");
		assertThat(this.client.get("/hello").body()).isEqualTo("Hello\n");
	}

	@Test
	void applicationIsReady() {
		assertThat(this.client.manage("/actuator/health/readiness").value("/status")).isEqualTo("UP");
		assertThat(this.client.manage("/actuator/health/liveness").value("/status")).isEqualTo("UP");
	}

	@Test
	void metersOfTheCapabilitiesAreExported() {
		assertThat(this.client.manage("/actuator/prometheus").body()).contains(
				"support_acceptor_accepted_connections_total", "support_dispatch_duration_seconds",
				"support_connections_request_seconds");
	}

	@Test
	void metaApplicationShowsTheCapabilitiesAndOurOwnContributor() {
		Answer notaries = this.client.manage("/actuator/support/notaries");
		assertThat(notaries.status()).isEqualTo(200);
		assertThat(notaries.value("/page")).isEqualTo("notaries");
		assertThat(notaries.value("/data/notaries/0/name")).isEqualTo("first");
		for (String page : List.of("acceptor", "dispatch", "connections", "stats")) {
			assertThat(this.client.manage("/actuator/support/" + page).value("/page")).isEqualTo(page);
		}
	}

	private String notary() {
		return this.client.post(ReceiptsClient.BREAD).value("/stamp/notary");
	}

}
