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

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import tools.jackson.databind.JsonNode;

/**
 * One tab of a {@link Browser}, which remembers what its page has complained about and
 * asked for.
 */
public final class BrowserTab {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Set<String> TROUBLE = Set.of("error", "warning", "assert");

	private final BiFunction<String, Map<String, ?>, JsonNode> calls;

	/** Those since the last visit began; guarded by itself. */
	private final List<JsonNode> events = new ArrayList<>();

	BrowserTab(BiFunction<String, Map<String, ?>, JsonNode> calls) {
		this.calls = calls;
	}

	void enable() {
		for (String domain : List.of("Page", "Runtime", "Log", "Network", "Audits")) {
			call(domain + ".enable", Map.of());
		}
	}

	void happened(JsonNode event) {
		synchronized (this.events) {
			this.events.add(event);
			this.events.notifyAll();
		}
	}

	/**
	 * Opens a page, and returns when it and all that belongs to it are there.
	 * @param page the page
	 */
	public void visit(URI page) {
		synchronized (this.events) {
			this.events.clear();
		}
		JsonNode answer = call("Page.navigate", Map.of("url", page.toString()));
		if (answer.has("errorText")) {
			throw new IllegalStateException(page + ": " + answer.get("errorText"));
		}
		await("Page.loadEventFired");
	}

	/**
	 * Waits until something has happened since the visit began.
	 * @param method the event's name
	 */
	private void await(String method) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		synchronized (this.events) {
			while (this.events.stream().noneMatch((event) -> event.get("method").stringValue().equals(method))) {
				long left = end - System.nanoTime();
				if (left <= 0) {
					throw new IllegalStateException("No " + method + " within " + PATIENCE);
				}
				try {
					TimeUnit.NANOSECONDS.timedWait(this.events, left);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					throw new IllegalStateException(ex);
				}
			}
		}
	}

	/**
	 * Runs a script in every page that is visited from now on, before its own.
	 * @param script the script
	 */
	public void prepare(String script) {
		call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
	}

	/**
	 * Returns what an expression comes to in the page; a promise is waited for. The
	 * page's policy does not apply to it.
	 * @param expression the expression
	 * @return its value
	 */
	public JsonNode evaluate(String expression) {
		JsonNode answer = call("Runtime.evaluate",
				Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
		if (answer.has("exceptionDetails")) {
			throw new IllegalStateException(answer.get("exceptionDetails").toString());
		}
		return answer.get("result").path("value");
	}

	/**
	 * Makes the window as wide as that.
	 * @param pixels the width of the page
	 */
	public void width(int pixels) {
		call("Emulation.setDeviceMetricsOverride",
				Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
	}

	/**
	 * Prefers colours.
	 * @param scheme {@code light} or {@code dark}
	 */
	public void scheme(String scheme) {
		call("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/**
	 * Returns what the page has complained about since the visit began: errors, warnings,
	 * exceptions, and what its policy has stopped.
	 * @return the complaints
	 */
	public List<String> complaints() {
		List<String> complaints = new ArrayList<>();
		for (JsonNode event : events()) {
			JsonNode parameters = event.get("params");
			switch (event.get("method").stringValue()) {
				case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
				case "Audits.issueAdded" -> {
					// Advice about forms that a browser could fill in, and that nobody
					// has
					// touched the page that a test has left by its script.
					if (!parameters.toString().contains("\"errorType\":\"Form")
							&& !parameters.toString().contains("NavigationEntryMarkedSkippable")) {
						complaints.add(parameters.toString());
					}
				}
				case "Runtime.consoleAPICalled" -> {
					if (TROUBLE.contains(parameters.get("type").stringValue())) {
						complaints.add(parameters.toString());
					}
				}
				case "Log.entryAdded" -> {
					if (TROUBLE.contains(parameters.at("/entry/level").stringValue())) {
						complaints.add(parameters.toString());
					}
				}
				default -> {
				}
			}
		}
		return complaints;
	}

	/**
	 * Returns what the page has asked for since the visit began.
	 * @return the addresses
	 */
	public List<String> requests() {
		return events().stream()
			.filter((event) -> event.get("method").stringValue().equals("Network.requestWillBeSent"))
			.map((event) -> event.at("/params/request/url").stringValue())
			.toList();
	}

	private List<JsonNode> events() {
		synchronized (this.events) {
			return List.copyOf(this.events);
		}
	}

	private JsonNode call(String method, Map<String, ?> parameters) {
		return this.calls.apply(method, parameters);
	}

}
