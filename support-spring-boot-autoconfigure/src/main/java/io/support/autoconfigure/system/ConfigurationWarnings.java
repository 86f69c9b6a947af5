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

package io.support.autoconfigure.system;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;

import io.support.context.WarningSource;

/**
 * Looks for configuration that will be trouble on what the application runs on: a heap
 * that does not fit into the memory, bounds that promise more than there is, and what is
 * open to everybody.
 */
final class ConfigurationWarnings implements WarningSource {

	/** The rest is for threads, compiled code, buffers and the JVM itself. */
	private static final double HEAP_SHARE = 0.9;

	/** Jars, logs, event loops. */
	private static final int OTHER_FILES = 200;

	/** One with many different numbers in it. */
	private static final DataSize METER = DataSize.ofKilobytes(16);

	private static final double METERS_SHARE = 0.25;

	/** What Kubernetes waits before it kills, unless it is told otherwise. */
	private static final Duration GRACE = Duration.ofSeconds(30);

	/** The endpoints by which something can be changed, or secrets be read. */
	private static final List<String> ENDPOINTS = List.of("support", "supportprofile", "supporttraffic",
			"supportsource", "supportheap");

	private final Environment environment;

	private final Binder binder;

	private final Platform platform;

	private final int incoming;

	private final boolean secured;

	/** None of that changes while the application runs. */
	private final Supplier<List<Found>> warnings = SingletonSupplier.of(this::look);

	/**
	 * Creates warnings.
	 * @param environment where the configuration is
	 * @param platform what the application runs on
	 * @param incoming how many connections the acceptor lets come in; 0 if there is none
	 * @param secured whether there is a security chain: what it asks for nobody knows
	 * here, so that it is there must do
	 */
	ConfigurationWarnings(Environment environment, Platform platform, int incoming, boolean secured) {
		this.incoming = incoming;
		this.secured = secured;
		this.environment = environment;
		this.binder = Binder.get(environment);
		this.platform = platform;
	}

	@Override
	public void forEachWarning(Consumer<Found> found) {
		this.warnings.get().forEach(found);
	}

	private List<Found> look() {
		List<Found> found = new ArrayList<>();
		heapWithinMemory(found::add);
		connectionsWithinFiles(found::add);
		metersWithinHeap(found::add);
		virtualThreadsThatPin(found::add);
		drainWithinGrace(found::add);
		openToEverybody(found::add);
		return List.copyOf(found);
	}

	private void heapWithinMemory(Consumer<Found> found) {
		long memory = this.platform.memoryBytes();
		if (memory > 0 && this.platform.maxHeapBytes() > HEAP_SHARE * memory) {
			found.accept(new Found(Severity.WARNING,
					"The heap may become as large as " + mebibytes(this.platform.maxHeapBytes())
							+ ", and all there is are " + mebibytes(memory),
					Map.of(), null,
					"The process would be killed: lower -Xmx or -XX:MaxRAMPercentage, or give the container more memory",
					"system", "-Xmx"));
		}
	}

	private void connectionsWithinFiles(Consumer<Found> found) {
		long limit = this.platform.maxOpenFiles();
		// Unless it is set it follows the limit.
		int outgoing = property("support.connections.max-connections", 0);
		int all = this.incoming + outgoing + OTHER_FILES;
		if (limit > 0 && this.incoming + outgoing > 0 && all > limit) {
			found.accept(new Found(Severity.WARNING,
					this.incoming + " connections may come in and " + outgoing + " go out, but this process may open "
							+ limit + " files only",
					Map.of(), null,
					"Raise the limit (ulimit -n, LimitNOFILE) to " + all
							+ ", or lower support.acceptor.max-connections and support.connections.max-connections",
					"files", "support.acceptor.max-connections"));
		}
	}

	private void metersWithinHeap(Consumer<Found> found) {
		int meters = property("support.stats.max-meters", 2048);
		if (meters * METER.toBytes() > METERS_SHARE * this.platform.maxHeapBytes()) {
			found.accept(new Found(Severity.INFO,
					meters + " meters may take " + mebibytes(meters * METER.toBytes()) + " of a heap of "
							+ mebibytes(this.platform.maxHeapBytes()),
					Map.of(), null, "Lower support.stats.max-meters, or give the heap more", "stats",
					"support.stats.max-meters"));
		}
	}

	private void virtualThreadsThatPin(Consumer<Found> found) {
		boolean pins = this.platform.javaVersion() >= 21 && this.platform.javaVersion() < 24;
		if (pins && property("spring.threads.virtual.enabled", false)) {
			found.accept(new Found(Severity.INFO,
					"Virtual threads are enabled, and on Java " + this.platform.javaVersion()
							+ " one that blocks inside synchronized holds a processor",
					Map.of(), null, "Java 24 and later do not: move there, or disable spring.threads.virtual.enabled",
					"threads", "spring.threads.virtual.enabled"));
		}
	}

	private void drainWithinGrace(Consumer<Found> found) {
		Duration drain = property("support.worker.drain-timeout", GRACE);
		if (this.environment.containsProperty("KUBERNETES_SERVICE_HOST") && drain.compareTo(GRACE) > 0) {
			found.accept(new Found(Severity.INFO,
					"A drain may take " + drain.toSeconds() + " s, and Kubernetes kills after " + GRACE.toSeconds()
							+ " s unless it is told otherwise",
					Map.of(), null,
					"See that terminationGracePeriodSeconds is longer than support.worker.drain-timeout", "workers",
					"support.worker.drain-timeout"));
		}
	}

	private void openToEverybody(Consumer<Found> found) {
		if (isGuarded()) {
			return;
		}
		for (String endpoint : ENDPOINTS) {
			String property = "management.endpoint." + endpoint + ".access";
			String access = property(property, "");
			boolean granted = access.equalsIgnoreCase("unrestricted") || (access.equalsIgnoreCase("read-only")
					&& !endpoint.equals("support") && !endpoint.equals("supportprofile"));
			if (granted && isExposed(endpoint)) {
				found.accept(new Found(Severity.WARNING,
						"Everybody who reaches the management port has access to more than may be read by default",
						Map.of("endpoint", endpoint), null,
						"Set management.server.address to one that is not public, or ask for a role with Spring Security",
						"configuration", property));
			}
		}
	}

	private boolean isExposed(String endpoint) {
		List<String> exposed = List.of(property("management.endpoints.web.exposure.include", new String[0]));
		return exposed.contains(endpoint) || exposed.contains("*");
	}

	private boolean isGuarded() {
		return this.secured || this.binder.bind("management.server.address", InetAddress.class)
			.map(InetAddress::isLoopbackAddress)
			.orElse(false);
	}

	@SuppressWarnings("unchecked") // the class of a value is that of its type
	private <T> T property(String name, T otherwise) {
		return this.binder.bind(name, (Class<T>) otherwise.getClass()).orElse(otherwise);
	}

	private static String mebibytes(long bytes) {
		return DataSize.ofBytes(bytes).toMegabytes() + " MiB";
	}

}
