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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The pages in a real browser, where one is installed: hostile text stays text, and
 * nothing on them asks for what the policy forbids.
 */
class MetaPolicyTests {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	/** What Chromium writes to its log when a policy stops something. */
	private static final String VIOLATION = "Content Security Policy";

	private static MetaServer server;

	@TempDir
	private Path directory;

	@BeforeAll
	static void start() {
		assumeThat(CHROMIUM).isExecutable();
		server = MetaServer.start(WebApplicationType.REACTIVE, "spring.application.name=" + MetaServer.HOSTILE);
	}

	@AfterAll
	static void stop() {
		if (server != null) {
			server.close();
		}
	}

	@Test
	void indexOfAHostileApplicationIsText() throws Exception {
		Visit visit = visit(server.uri("/actuator/support"), 1000);
		assertThat(visit.log()).doesNotContain(VIOLATION, "Uncaught");
		assertThat(visit.document()).contains("<title>index \u00B7 &lt;script&gt;document.title='taken'&lt;/script&gt;")
			.contains("class=\"app\">&lt;script&gt;");
	}

	@Test
	void hostileContributorIsText() throws Exception {
		Visit visit = visit(server.uri("/actuator/support/hostile"), 1000);
		assertThat(visit.log()).doesNotContain(VIOLATION, "Uncaught");
		assertThat(visit.document()).contains("<title>hostile").doesNotContain("<img");
		assertThat(visit.document().split("<script", -1)).as("scripts").hasSize(2);
		assertThat(visit.document()).contains("<dd>&lt;script&gt;document.title='taken'&lt;/script&gt;");
	}

	@Test
	void hostileErrorAndHostileAddressAreText() throws Exception {
		for (String page : List.of("broken", "%3Cscript%3Ealert(1)%3C%2Fscript%3E")) {
			Visit visit = visit(server.uri("/actuator/support/" + page), 1000);
			assertThat(visit.log()).doesNotContain(VIOLATION, "Uncaught");
			assertThat(visit.document()).contains("role=\"alert\"", "&lt;script&gt;");
			assertThat(visit.document().split("<script", -1)).as("scripts").hasSize(2);
		}
	}

	@Test
	void scriptIsAllowedToRunAndRefreshesThePage() throws Exception {
		URI page = server.uri("/actuator/support/reads");
		Visit visit = visit(page, 12_000);
		assertThat(visit.log()).doesNotContain(VIOLATION, "Uncaught");
		assertThat(visit.document()).as("script has run").contains(">curl " + page + "</code>");
		assertThat(visit.document()).as("page was refreshed").containsPattern("<dd title=\"[2-9]\">|<dd>[2-9]");
	}

	@Test
	void policyWouldBeViolatedByInlineScript() throws Exception {
		String policy = server.get("/actuator/support", MetaServer.BROWSER)
			.headers()
			.firstValue("Content-Security-Policy")
			.orElseThrow();
		HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		byte[] body = "<title>free</title><script>document.title='taken'</script>".getBytes(StandardCharsets.UTF_8);
		other.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Security-Policy", policy);
			exchange.getResponseHeaders().set("Content-Type", "text/html");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		other.start();
		try {
			Visit visit = visit(URI.create("http://127.0.0.1:" + other.getAddress().getPort() + "/"), 1000);
			assertThat(visit.log()).contains(VIOLATION);
			assertThat(visit.document()).contains("<title>free</title>");
		}
		finally {
			other.stop(0);
		}
	}

	private Visit visit(URI page, int virtualMillis) throws IOException, InterruptedException {
		Path document = this.directory.resolve("document");
		Path log = this.directory.resolve("log");
		Process process = new ProcessBuilder(CHROMIUM.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
				"--user-data-dir=" + this.directory.resolve("profile"), "--enable-logging=stderr", "--log-level=0",
				"--virtual-time-budget=" + virtualMillis, "--dump-dom", page.toString())
			.redirectOutput(document.toFile())
			.redirectError(log.toFile())
			.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("Chromium ended in time").isTrue();
			return new Visit(Files.readString(document), Files.readString(log, StandardCharsets.ISO_8859_1));
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * What a visit has left.
	 *
	 * @param document the document as it was at the end
	 * @param log what the browser logged
	 */
	private record Visit(String document, String log) {

	}

}
