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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

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
		this.client = ReceiptsClient.of(this.context);
		this.client.change("first", "{\"running\": true, \"cutShare\": 0}");
		this.client.change("second", "{\"running\": true, \"cutShare\": 0}");
		Awaitility.await().atMost(TIMEOUT).until(this::notary, "first"::equals);
	}

	@Test
	void receiptIsIssuedAndVerifiedWhenItIsRead() {
		String location = this.client.issue(ReceiptsClient.BREAD);
		this.client.get(location)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.merchant")
			.isEqualTo("baker-street")
			.jsonPath("$.amount")
			.isEqualTo(7.40)
			.jsonPath("$.lines[0].quantity")
			.isEqualTo(2)
			.jsonPath("$.stamp.notary")
			.isEqualTo("first")
			.jsonPath("$.verified")
			.isEqualTo(true);
	}

	@Test
	void receiptThatWasChangedInTheDatabaseIsNotVerified() {
		String location = this.client.issue(ReceiptsClient.BREAD);
		UUID id = UUID.fromString(location.substring("/receipts/".length()));
		assertThat(this.jdbc.sql("update receipt set amount = 8 where id = :id").param("id", id).update()).isOne();
		this.client.get(location).expectStatus().isOk().expectBody().jsonPath("$.verified").isEqualTo(false);
	}

	@Test
	void largeReceiptIsSignedAndVerified() {
		String line = "{\"description\": \"" + "Rye bread ".repeat(19) + "\", \"quantity\": 1, \"price\": 1}";
		String lines = IntStream.range(0, 200).mapToObj((index) -> line).collect(Collectors.joining(", "));
		String location = this.client
			.issue("{\"merchant\": \"m\", \"amount\": 200, \"currency\": \"EUR\", \"lines\": [" + lines + "]}");
		this.client.get(location)
			.expectBody()
			.jsonPath("$.lines.length()")
			.isEqualTo(200)
			.jsonPath("$.verified")
			.isEqualTo(true);
	}

	@Test
	void receiptThatDoesNotExistIsNotFound() {
		this.client.get("/receipts/5b1c2f6e-3c0a-4a54-9d2c-0a1b2c3d4e5f")
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		this.client.get("/receipts/1").expectStatus().isBadRequest();
	}

	@Test
	void wrongFieldsAreNamed() {
		this.client
			.post("{\"merchant\": \"A B\", \"amount\": -1, \"currency\": \"EUR\", \"lines\": [{\"quantity\": 1}]}")
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.errors[*].field")
			.<List<String>>value((values) -> assertThat(values).contains("merchant", "amount", "lines[0].description",
					"lines[0].price"));
	}

	@Test
	void sumThatIsWrongIsExplained() {
		this.client.post(ReceiptsClient.BREAD.replace("7.4", "7.5"))
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The amount must be the sum of the lines, which is 7.40, was: 7.50");
	}

	@Test
	void bodyThatIsNoJsonIsRefused() {
		this.client.post("{").expectStatus().isBadRequest();
	}

	@Test
	void pagesAreBoundedAndFollowEachOther() {
		String merchant = "merchant-of-the-pages";
		String receipt = ReceiptsClient.BREAD.replace("baker-street", merchant);
		List<String> issued = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			issued.add(0, this.client.issue(receipt));
		}
		Page first = page("/receipts?limit=3&merchant=" + merchant);
		Page second = page("/receipts?limit=3&merchant=" + merchant + "&before=" + first.next());
		assertThat(first.receipts()).hasSize(3);
		assertThat(second.receipts()).hasSize(2);
		assertThat(second.next()).isNull();
		assertThat(Stream.of(first, second).flatMap((page) -> page.receipts().stream()).map(Page.Row::location))
			.containsExactlyElementsOf(issued);
		this.client.get("/receipts?limit=101&merchant=" + merchant).expectStatus().isBadRequest();
		this.client.get("/receipts").expectStatus().isBadRequest();
	}

	@Test
	void secondNotaryIsAskedWhenTheFirstIsStopped() {
		this.client.change("first", "{\"running\": false}");
		for (int i = 0; i < 5; i++) {
			assertThat(notary()).isEqualTo("second");
		}
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
		this.client.post(ReceiptsClient.BREAD.replace("baker-street", "no-notary"))
			.expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.exists(HttpHeaders.RETRY_AFTER)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(page("/receipts?merchant=no-notary").receipts()).isEmpty();
	}

	@Test
	void notariesAreShownAndUnknownOnesAreNotFound() {
		this.client.manage("/actuator/notaries")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$[*].name")
			.<List<String>>value((values) -> assertThat(values).contains("first", "second"));
		this.client.manage("/actuator/notaries/third").expectStatus().isNotFound();
	}

	@Test
	void workIsBounded() {
		this.client.get("/work?millis=1").expectStatus().isOk();
		this.client.get("/work?millis=101").expectStatus().isBadRequest();
		this.client.get("/work/dispatched?millis=101").expectStatus().isBadRequest();
	}

	@Test
	void workRunsOnTheEventLoopOrAwayFromIt() {
		this.client.get("/work?millis=1")
			.expectBody(String.class)
			.value((text) -> assertThat(text).contains("reactor-http-"));
		this.client.get("/work/dispatched?millis=1")
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((text) -> assertThat(text).startsWith("1 ms of work on support-cpu"));
	}

	@Test
	void indexSaysWhatCanBeTried() {
		String management = "http://localhost:" + this.context.getEnvironment().getProperty("local.management.port");
		this.client.get("/")
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
			.expectBody(String.class)
			.value((text) -> assertThat(text).contains("/receipts"))
			.value((text) -> assertThat(text).contains(management + "/actuator/support"));
		this.client.get("/hello").expectBody(String.class).isEqualTo("Hello\n");
	}

	@Test
	void applicationIsReady() {
		this.client.manage("/actuator/health/readiness")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP");
		this.client.manage("/actuator/health/liveness").expectStatus().isOk();
	}

	@Test
	void metersOfTheCapabilitiesAreExported() {
		this.client.issue(ReceiptsClient.BREAD);
		this.client.manage("/actuator/prometheus").expectStatus().isOk();
	}

	@Test
	void metaApplicationShowsTheCapabilitiesAndOurOwnContributor() {
		this.client.issue(ReceiptsClient.BREAD);
		this.client.manage("/actuator/support/notaries")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.page")
			.isEqualTo("notaries")
			.jsonPath("$.data.notaries[*].name")
			.<List<String>>value((values) -> assertThat(values).contains("first"));
		this.client.manage("/actuator/support/dispatch").expectStatus().isOk();
		this.client.manage("/actuator/support/connections").expectStatus().isOk();
	}

	private String notary() {
		Stamped stamped = this.client.post(ReceiptsClient.BREAD)
			.expectBody(Stamped.class)
			.returnResult()
			.getResponseBody();
		return (stamped == null || stamped.stamp() == null) ? "none" : stamped.stamp().notary();
	}

	private Page page(String uri) {
		Page page = this.client.get(uri).expectStatus().isOk().expectBody(Page.class).returnResult().getResponseBody();
		assertThat(page).isNotNull();
		return page;
	}

	record Stamped(Stamp stamp) {

		record Stamp(String notary) {
		}

	}

	record Page(List<Row> receipts, Long next) {

		record Row(String id) {

			String location() {
				return "/receipts/" + this.id;
			}

		}

	}

}
