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

package io.support.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.fail;

/**
 * An installed Chromium that does what a test says, over its debugging protocol. A driver
 * from a library would bring an engine of its own, which is 200 MB for every build.
 */
public final class Browser implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String LISTENS = "DevTools listening on ";

	private final Process process;

	private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

	private final Map<String, BrowserTab> tabs = new ConcurrentHashMap<>();

	private final AtomicInteger numbers = new AtomicInteger();

	private final WebSocket socket;

	private Browser(Process process, URI address) {
		this.process = process;
		this.socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.connectTimeout(PATIENCE)
			.buildAsync(address, new Listener())
			.join();
	}

	/**
	 * Returns the browser that is installed.
	 * @return its program, or empty where there is none
	 */
	public static Optional<Path> installed() {
		return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Starts the browser that is installed. Where there is none, the test is skipped, but
	 * fails on machines that say that they build continuously: there it must not be
	 * missed.
	 * @param profile an empty directory for what the browser keeps
	 * @return the browser
	 * @throws IOException if it does not start
	 */
	public static Browser start(Path profile) throws IOException {
		Optional<Path> program = installed();
		if (program.isEmpty() && System.getenv("CI") != null) {
			return fail("No Chromium in /usr/bin, but CI is set: install the package chromium");
		}
		Assumptions.assumeTrue(program.isPresent(), "No Chromium in /usr/bin");
		Process process = new ProcessBuilder(program.orElseThrow().toString(), "--headless=new", "--no-sandbox",
				"--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking",
				"--disable-component-update", "--no-first-run", "--remote-debugging-port=0",
				"--user-data-dir=" + profile, "about:blank")
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			return new Browser(process, address(process));
		}
		catch (IOException | RuntimeException ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	private static URI address(Process process) throws IOException {
		BufferedReader log = process.errorReader();
		for (String line = log.readLine(); line != null; line = log.readLine()) {
			if (line.startsWith(LISTENS)) {
				// What nobody reads would stop it some day.
				Thread reader = new Thread(() -> log.lines().forEach((next) -> {
				}), "browser-log");
				reader.setDaemon(true);
				reader.setUncaughtExceptionHandler((thread, ex) -> {
				});
				reader.start();
				return URI.create(line.substring(LISTENS.length()).strip());
			}
		}
		throw new IOException("Chromium has ended with " + process.onExit().join().exitValue());
	}

	/**
	 * Opens a tab with an empty page.
	 * @return the tab
	 */
	public BrowserTab open() {
		String target = call("Target.createTarget", Map.of("url", "about:blank"), null).get("targetId").stringValue();
		String session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true), null)
			.get("sessionId")
			.stringValue();
		BrowserTab tab = new BrowserTab((method, parameters) -> call(method, parameters, session));
		this.tabs.put(session, tab);
		tab.enable();
		return tab;
	}

	private JsonNode call(String method, Map<String, ?> parameters, @Nullable String session) {
		int number = this.numbers.incrementAndGet();
		ObjectNode message = JsonNodeFactory.instance.objectNode();
		message.put("id", number).put("method", method);
		message.set("params", JsonMapper.shared().valueToTree(parameters));
		if (session != null) {
			message.put("sessionId", session);
		}
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		this.answers.put(number, answer);
		this.socket.sendText(message.toString(), true).join();
		try {
			JsonNode received = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
			if (received.has("error")) {
				throw new IllegalStateException(method + ": " + received.get("error"));
			}
			return received.get("result");
		}
		catch (CompletionException ex) {
			throw new IllegalStateException(method + " was not answered", ex);
		}
		finally {
			this.answers.remove(number);
		}
	}

	private void received(JsonNode message) {
		if (message.has("id")) {
			CompletableFuture<JsonNode> answer = this.answers.get(message.get("id").intValue());
			if (answer != null) {
				answer.complete(message);
			}
		}
		else if (message.has("sessionId")) {
			BrowserTab tab = this.tabs.get(message.get("sessionId").stringValue());
			if (tab != null) {
				tab.happened(message);
			}
		}
	}

	@Override
	public void close() {
		try {
			call("Browser.close", Map.of(), null);
			this.process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
		}
		finally {
			this.socket.abort();
			this.process.destroyForcibly();
		}
	}

	private final class Listener implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				JsonNode message = JsonMapper.shared().readTree(this.text.toString());
				this.text.setLength(0);
				received(message);
			}
			webSocket.request(1);
			return null;
		}

	}

}
