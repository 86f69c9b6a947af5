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

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEvent;
import tools.jackson.databind.JsonNode;

import io.support.profile.Profiler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The profiler over real HTTP, on WebFlux and on Spring MVC, where it may be started.
 */
@Timeout(120)
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
class MetaProfileTests {

	private static final String PATH = "/actuator/supportprofile";

	private static final String JSON = "application/json";

	private static final String LONG = "{\"action\": \"start\", \"kind\": \"cpu\", \"seconds\": 60}";

	private static final String STOP = "{\"action\": \"stop\"}";

	private static MetaServer server;

	private static Thread burner;

	private static volatile boolean done;

	@Parameter
	private WebApplicationType type;

	@BeforeParameterizedClassInvocation
	static void start(WebApplicationType type) {
		server = MetaServer.start(type, "management.endpoints.web.exposure.include=support,supportprofile",
				"management.endpoint.supportprofile.access=unrestricted");
		done = false;
		burner = new Thread(MetaProfileTests::burn, MetaServer.HOSTILE);
		burner.setDaemon(true);
		burner.start();
	}

	@AfterParameterizedClassInvocation
	static void stop() throws InterruptedException {
		done = true;
		burner.join();
		server.close();
	}

	private static void burn() {
		double sum = 0;
		while (!done) {
			sum += Math.sqrt(sum + 1);
		}
		assertThat(sum).isPositive();
	}

	@Test
	void resultIsAPageAndFiles() {
		String id = run("{\"action\": \"start\", \"kind\": \"cpu\", \"seconds\": 2}");
		JsonNode result = data(server.get(PATH + '/' + id, JSON));
		assertThat(result.get("kind").asString()).isEqualTo("cpu");
		assertThat(result.at("/hotspots/0/method").asString()).isEqualTo(MetaProfileTests.class.getName() + ".burn");
		assertThat(result.at("/threads/0/thread").asString()).isEqualTo(MetaServer.HOSTILE);
		assertThat(data(server.get(PATH + '/' + id + "?limit=1&filter=burn", JSON)).get("hotspots")).hasSize(1);
		assertThat(data(server.get(PATH + '/' + id + "?filter=never-there", JSON)).get("hotspots")).isEmpty();
		assertThat(server.get(PATH + '/' + id + "?limit=0", JSON).statusCode()).isEqualTo(400);
		assertThat(server.get(PATH + "?since=x", JSON).statusCode()).isEqualTo(400);
		HttpResponse<String> page = server.get(PATH + '/' + id, MetaServer.BROWSER);
		assertThat(page.body())
			.contains("<support-flame src=\"../supportprofile/" + id + "/flame\"",
					"href=\"../supportprofile/" + id + "/collapsed\"", "href=\"../supportprofile/" + id + "/jfr\"",
					"href=\"../support/threads\"", "&lt;script&gt;")
			.doesNotContain("<img", "<script>");
		HttpResponse<String> collapsed = server.get(PATH + '/' + id + "/collapsed", "*/*");
		assertFile(collapsed, "text/plain;charset=UTF-8", id + ".collapsed.txt");
		long sum = collapsed.body()
			.lines()
			.mapToLong((line) -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
		HttpResponse<String> speedscope = server.get(PATH + '/' + id + "/speedscope", MetaServer.BROWSER);
		assertFile(speedscope, JSON, id + ".speedscope.json");
		assertThat(MetaServer.json(speedscope).at("/profiles/0/endValue").asLong()).isEqualTo(sum);
		HttpResponse<String> jfr = server.get(PATH + '/' + id + "/jfr", "*/*");
		assertFile(jfr, "application/octet-stream", id + ".jfr");
		assertThat(jfr.body()).startsWith("FLR");
		JsonNode flame = MetaServer.json(server.get(PATH + '/' + id + "/flame", JSON));
		assertThat(flame.get("total").asLong()).isEqualTo(sum);
		assertThat(flame.get("frames").size()).isEqualTo(flame.get("levels").size()).isPositive();
		assertThat(data(server.get(PATH, JSON)).at("/results/0/id").asString()).isEqualTo(id);
		assertThat(server.get(PATH, MetaServer.BROWSER).body()).contains("href=\"supportprofile/" + id + "\"");
	}

	@Test
	void secondStartIsRefusedAndStopEndsTheFirst() {
		int events = events().size();
		String id = started(server.post(PATH, JSON, LONG)).get(0);
		HttpResponse<String> busy = server.post(PATH, JSON, LONG);
		assertThat(busy.statusCode()).isEqualTo(429);
		assertThat(message(busy)).contains("Run " + id + " is on and will record for ", " s more");
		assertThat(data(server.get(PATH, JSON)).get("state").asString()).isEqualTo("running");
		assertThat(server.get(PATH, MetaServer.BROWSER).body())
			.contains("<support-profiler src=\"supportprofile\" seconds=\"10\" max=\"60\" running=\"true\">");
		HttpResponse<String> stopped = server.post(PATH, JSON, STOP);
		assertThat(data(stopped).get("stopped").toString()).isEqualTo("[\"" + id + "\"]");
		awaitState("finished");
		assertThat(server.get(PATH + '/' + id, JSON).statusCode()).isEqualTo(200);
		HttpResponse<String> nothing = server.post(PATH, JSON, STOP);
		assertThat(nothing.statusCode()).isEqualTo(409);
		assertThat(message(nothing)).isEqualTo("There is no run to stop");
		List<AuditEvent> left = events().subList(events, events().size());
		assertThat(left).extracting(AuditEvent::getType)
			.containsExactly("SUPPORT_PROFILE_START", "SUPPORT_PROFILE_STOP");
		assertThat(left.get(0).getPrincipal()).isEqualTo("anonymous");
		assertThat(left.get(0).getData()).containsEntry("started", List.of(id))
			.containsEntry("seconds", 60L)
			.containsEntry("page", "profiler");
	}

	@Test
	void severalKindsAreOneRun() {
		HttpResponse<String> response = server.post(PATH, JSON,
				"{\"action\": \"start\", \"kind\": \"locks, allocation\", \"seconds\": \"1\"}");
		assertThat(started(response)).hasSize(2).first().asString().startsWith("allocation-");
		awaitState("finished");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{}                                        | The body must name an action
					{"action": "begin"}                       | action must be known, was: 'begin'; known actions: start, stop
					{"action": 7}                             | action must be known, was: '7'
					{"action": "start", "kind": "gpu"}        | kind must be one or several of cpu, allocation, locks, or all, was: 'gpu'
					{"action": "start", "kind": ""}           | kind must be one or several of
					{"action": "start", "kind": "cpu,,locks"} | kind must be one or several of
					{"action": "start", "seconds": 0}         | seconds must be a whole number from 1 to 60, was: '0'
					{"action": "start", "seconds": 61}        | seconds must be a whole number from 1 to 60, was: '61'
					{"action": "start", "seconds": 2.5}       | seconds must be a whole number from 1 to 60, was: '2.5'
					{"action": "start", "seconds": "<b>"}     | seconds must be a whole number from 1 to 60, was: '<b>'
					""")
	void badInputIsRefusedAndNamed(String body, String message) {
		int events = events().size();
		HttpResponse<String> response = server.post(PATH, JSON, body);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(message(response)).startsWith(message);
		assertThat(events()).hasSize(events);
		assertThat(server.bean(Profiler.class).snapshot()).containsEntry("running", null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/cpu-999", "/x", "/cpu-999/collapsed", "/cpu-999/jfr", "/cpu-999/flame", "/x/y",
			"/assets/nope.js", "/%3Cscript%3E" })
	void whatIsNotThereIsNotFound(String path) {
		for (String accept : List.of(JSON, MetaServer.BROWSER, "*/*")) {
			HttpResponse<String> response = server.get(PATH + path, accept);
			assertThat(response.statusCode()).isEqualTo(404);
			assertThat(response.body()).contains("There is no such result");
			if (accept.equals(MetaServer.BROWSER) && response.body().startsWith("<")) {
				assertThat(response.body()).doesNotContain("<script>");
			}
			assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
		}
	}

	@Test
	void readingChangesNothing() {
		int events = events().size();
		assertThat(server.get(PATH + "?action=start&kind=cpu&seconds=1", JSON).statusCode()).isEqualTo(200);
		assertThat(server.post(PATH + "?action=start", "text/plain", LONG).statusCode()).isEqualTo(415);
		assertThat(events()).hasSize(events);
		assertThat(server.bean(Profiler.class).snapshot()).containsEntry("running", null);
	}

	@Test
	void otherPagesLeadToIt() {
		assertThat(server.get("/actuator/support", MetaServer.BROWSER).body()).contains("href=\"supportprofile\"");
		assertThat(server.get("/actuator/support/threads", MetaServer.BROWSER).body()).as("on %s", this.type)
			.contains("href=\"../supportprofile\"");
	}

	private static String run(String body) {
		String id = started(server.post(PATH, JSON, body)).get(0);
		awaitState("finished");
		return id;
	}

	private static List<String> started(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return data(response).get("started").valueStream().map(JsonNode::asString).toList();
	}

	private static void awaitState(String state) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> data(server.get(PATH, JSON)).get("state").asString(), (now) -> !now.equals("running"));
		assertThat(data(server.get(PATH, JSON)).get("state").asString()).isEqualTo(state);
	}

	private static void assertFile(HttpResponse<String> response, String type, String name) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).isEqualToIgnoringCase(type);
		assertThat(response.headers().firstValue("Content-Disposition"))
			.hasValue("attachment; filename=\"" + name + '"');
		assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
	}

	private static JsonNode data(HttpResponse<String> response) {
		return MetaServer.json(response).get("data");
	}

	private static String message(HttpResponse<String> response) {
		return data(response).at("/error/message").asString();
	}

	private static List<AuditEvent> events() {
		return server.bean(MetaServer.Audits.class).events();
	}

}
