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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests of the pages in a real browser, where one is installed.
 */
class MetaBrowserTests {

	private static final List<Path> BROWSERS = Stream.of("chromium", "chromium-browser", "google-chrome")
		.map((name) -> Path.of("/usr/bin", name))
		.filter(Files::isExecutable)
		.toList();

	private static MetaTestApplication application;

	@TempDir
	private Path directory;

	@BeforeAll
	static void start() {
		assumeThat(BROWSERS).isNotEmpty();
		application = MetaTestApplication.start(WebApplicationType.REACTIVE);
	}

	@AfterAll
	static void stop() {
		if (application != null) {
			application.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/acceptor", "/connections", "/dispatch", "/stats", "/workers", "/hostile", "/secrets",
			"/nothing" })
	void pageIsShownWithoutAComplaint(String path) throws Exception {
		Seen seen = open(path);
		assertThat(seen.document).contains("<main").doesNotContain("<script>alert", "<img", "hunter2");
		// The script has run: it shows the choice that is hidden without it.
		assertThat(seen.document).containsPattern("<form class=\"refresh\">");
		assertThat(seen.complaints).isEmpty();
	}

	private Seen open(String path) throws IOException, InterruptedException {
		Path document = this.directory.resolve("document");
		Path log = this.directory.resolve("log");
		List<String> command = new ArrayList<>(List.of(BROWSERS.get(0).toString(), "--headless=new", "--no-sandbox",
				"--disable-gpu", "--enable-logging=stderr", "--virtual-time-budget=2000", "--dump-dom",
				"--user-data-dir=" + this.directory.resolve("profile"),
				application.origin("local.management.port") + "/actuator/support" + path));
		Process browser = new ProcessBuilder(command).redirectOutput(document.toFile())
			.redirectError(log.toFile())
			.start();
		try {
			assertThat(browser.waitFor(40, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			browser.destroyForcibly();
		}
		// Messages of the page's console: errors of scripts, and violations of the
		// policy.
		List<String> complaints = Files.readAllLines(log, StandardCharsets.UTF_8)
			.stream()
			.filter((line) -> line.contains("CONSOLE"))
			.filter((line) -> !line.contains("404 (Not Found)"))
			.toList();
		return new Seen(Files.readString(document), complaints);
	}

	/**
	 * What the browser made of a page.
	 *
	 * @param document the document after the scripts have run
	 * @param complaints what its console said
	 */
	private record Seen(String document, List<String> complaints) {

	}

}
