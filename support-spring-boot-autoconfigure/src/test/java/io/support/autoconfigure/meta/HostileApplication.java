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
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.WebApplicationType;

import io.support.connection.ConnectionManager;
import io.support.connection.TestPeer;
import io.support.context.ContextContributor;
import io.support.context.Resettable;
import io.support.context.SupportContext;
import io.support.event.Operations;
import io.support.event.Outcome;
import io.support.stats.Sketches;
import io.support.stats.StateMachines;
import io.support.testing.HttpConnection;

/**
 * An application in which everything that comes from outside, and every name, tries to
 * become a part of the page that shows it.
 */
final class HostileApplication implements AutoCloseable {

	/** What is in the address of the page of a part with a hostile name. */
	static final String NAME = "-hostile";

	/** Where it comes from; each must be seen on some page. */
	static final List<String> KINDS = List.of("application", "property", "address", "thread", "machine", "sketch",
			"key", "event", "attribute", "meter", "tag", "value", "contributor", "long", "outgoing", "header",
			"answer");

	/** Becomes an element, and takes the title, wherever it is not text. */
	private static final String MARKUP = "<x-hostile><script>document.title='taken'</script>"
			+ "<img src=x onerror=\"document.title='taken'\"><svg onload=document.title='taken'>"
			+ "<a href=\"javascript:document.title='taken'\">{{7*7}}";

	private static final String ENDS = "\"'></title></style></textarea></script></td></dd>";

	private final Deque<AutoCloseable> opened = new ArrayDeque<>();

	private final CountDownLatch end = new CountDownLatch(1);

	private final AtomicInteger resets = new AtomicInteger();

	private final MetaServer server;

	private HostileApplication(WebApplicationType type, Path directory, String... properties) throws IOException {
		TestPeer peer = opened(TestPeer.answering(text("answer")));
		String[] hostile = { "spring.application.name=" + text("application"),
				"support.desk.text=" + text("property") + "\u2028\u202E",
				"support.connections.groups.payments.tiers[0].addresses[0]=" + peer.address(),
				"support.connections.groups.payments.tiers[1].addresses[0]=address-hostile<x-hostile>:1",
				"support.recent.capture-payload=true" };
		String[] all = new String[properties.length + hostile.length];
		System.arraycopy(hostile, 0, all, 0, hostile.length);
		System.arraycopy(properties, 0, all, hostile.length, properties.length);
		this.server = opened(MetaServer.start(type, all));
		opened(this.server.bean(SupportContext.class).register(new Resets()));
		plantNames();
		plantTraffic();
		plantFile(directory);
	}

	static HostileApplication start(WebApplicationType type, Path directory, String... properties) throws IOException {
		return new HostileApplication(type, directory, properties);
	}

	MetaServer server() {
		return this.server;
	}

	private static String text(String kind) {
		return kind + NAME + ENDS + MARKUP;
	}

	private <T extends AutoCloseable> T opened(T one) {
		this.opened.push(one);
		return one;
	}

	private void plantNames() {
		LogFactory.getLog(text("logger")).warn(text("log") + "\r\nINFO forged");
		Thread thread = new Thread(this::await, text("thread"));
		thread.setDaemon(true);
		thread.start();
		this.server.bean(StateMachines.class).create(text("machine"), Thread.State.class).begin(Thread.State.NEW);
		this.server.bean(Sketches.class).offer("sketch-hostile<x-hostile>", text("key"));
		this.server.bean(Operations.class)
			.happened(text("event"), Outcome.FAILURE, 1, KeyValues.of("attribute", text("attribute")));
		Counter.builder(text("meter"))
			.tag(text("tag"), text("value"))
			.baseUnit(text("unit"))
			.register(this.server.bean(MeterRegistry.class))
			.increment();
		Map<String, Object> rows = Map.of("name", text("contributor"), text("column"), text("cell"), "state",
				text("state"));
		String character = "\u0000\u0007\u2028\u2029\u202E\uD800";
		opened(this.server.bean(SupportContext.class)
			.register(ContextContributor.of("planted",
					() -> Map.of("rows", List.of(rows, rows), text("fact"), text("fact"), "long",
							"long-hostile" + "x".repeat(10_000), "character", character, "spaces",
							"a b ".repeat(2_500)))));
	}

	private void await() {
		try {
			this.end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void plantTraffic() throws IOException {
		String header = text("header");
		this.server.bean(ConnectionManager.class)
			.httpClient("payments")
			.headers((headers) -> headers.set("X-Hostile", header))
			.get()
			.uri("/outgoing-hostile/%3Cx-hostile%3E")
			.responseContent()
			.aggregate()
			.block(Duration.ofSeconds(20));
		int port = this.server.applicationUri("/").getPort();
		try (HttpConnection encoded = HttpConnection.to(port); HttpConnection raw = HttpConnection.to(port)) {
			encoded.sendWith("X-Hostile: " + header, "/request-hostile%3Cx-hostile%3E").receiveHead();
			raw.sendWith("User-Agent: " + header, "/request-hostile<x-hostile>").receiveHead();
		}
	}

	private void plantFile(Path directory) throws IOException {
		OutputStream file = Files.newOutputStream(directory.resolve("file-hostile<x-hostile><img src=x onerror=1>"));
		opened(file).write(1);
	}

	/**
	 * Returns how often something was reset.
	 */
	int resets() {
		return this.resets.get();
	}

	@Override
	public void close() throws Exception {
		this.end.countDown();
		for (AutoCloseable one : this.opened) {
			one.close();
		}
	}

	private final class Resets implements ContextContributor, Resettable {

		@Override
		public String name() {
			return "resets";
		}

		@Override
		public Object snapshot() {
			return Map.of("things", 1);
		}

		@Override
		public void reset() {
			HostileApplication.this.resets.incrementAndGet();
		}

	}

}
