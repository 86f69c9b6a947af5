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

package io.support.meta;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.support.context.ContextContributor;

/**
 * Contributors with the shapes that capabilities have, for tests and for looking at.
 */
public final class SampleContributors {

	private SampleContributors() {
	}

	public static ContextContributor of(String name, Supplier<Object> snapshot) {
		return new ContextContributor() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public Object snapshot() {
				return snapshot.get();
			}

		};
	}

	public static List<ContextContributor> all() {
		return List.of(of("acceptor", SampleContributors::acceptor), of("dispatch", SampleContributors::dispatch),
				of("connections", SampleContributors::connections), of("stats", SampleContributors::stats),
				of("warnings", () -> Map.of("recent", List.of())));
	}

	public static Object acceptor() {
		Map<String, Long> refused = new LinkedHashMap<>();
		refused.put("full", 12_031L);
		refused.put("age", 884L);
		refused.put("overloaded-age", 0L);
		return new Acceptor(true, "epoll", 37, 128, 1_204_993, 812, 1000, false,
				Instant.parse("2026-11-23T11:58:03.21Z"), refused,
				new Percentiles(812_000, 4_911_020, 9_800_400, 61_402_113), Duration.ofMillis(100));
	}

	public static Object dispatch() {
		return new Dispatch(List.of(
				new Dispatcher("io", 20, 14, 1000, 512, false,
						List.of(new Method("ReceiptRepository.find", 918_221, 17, 3_200_000, 41_000_000, 4096),
								new Method("ReceiptRepository.save", 120_433, 2, 5_100_000, 92_000_000, 512),
								new Method("AuditFile.append", 9_999, 0, 180_000, 2_000_000, null))),
				new Dispatcher("cpu", 2, 2, 1000, 0, true,
						List.of(new Method("Signatures.sign", 88_410, 0, 7_800_000, 12_400_000, 256)))));
	}

	public static Object connections() {
		Address primary = new Address("10.0.0.1:8080", 2, 41, 9, "CLOSED", 1_310_222, 17, 14_000_000);
		Address second = new Address("10.0.0.2:8080", 1, 22, 3, "OPEN", 640_118, 420, 31_500_000);
		Address backup = new Address("backup.example:8080", 1, 0, 0, "CLOSED", 12, 0, 80_000_000);
		Map<String, Group> groups = new LinkedHashMap<>();
		groups.put("payments", new Group(800, 63, 9, new Pool(50, Duration.ofMillis(250)),
				List.of(new Tier(0, List.of(primary, second)), new Tier(1, List.of(backup)))));
		groups.put("rates", new Group(200, 4, 4, new Pool(50, Duration.ofMillis(250)), List
			.of(new Tier(0, List.of(new Address("rates.example:443", 1, 4, 4, "CLOSED", 8_001, 1, 210_000_000))))));
		return new Connections(Map.of("pay", "payments"), groups, "https://user:hunter2@proxy.example:3128");
	}

	public static Object stats() {
		Random random = new Random(7);
		String[] names = { "http.server.requests", "support.dispatch.duration", "support.acceptor.queue.age",
				"jdbc.connections.active", "jvm.gc.pause", "support.connections.request" };
		List<Meter> meters = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			long p50 = 10_000L + random.nextInt(40_000_000);
			Map<String, String> tags = new LinkedHashMap<>();
			tags.put("uri", "/receipts/" + i);
			tags.put("status", (i % 7 == 0) ? "503" : "200");
			meters.add(new Meter(names[i % names.length], tags.toString(), random.nextInt(5_000_000), p50 * 1.3,
					(long) (p50 * 2.7), p50 * 5, p50 * 11, random.nextDouble() * 900));
		}
		return new Stats(2048, 400, 3, meters);
	}

	record Acceptor(boolean running, String transport, int queueDepth, int queueCapacity, long accepted,
			int connections, int maxConnections, boolean overloaded, Instant lastRefusedAt, Map<String, Long> refused,
			Percentiles age, Duration maxQueueAge) {

	}

	record Percentiles(long p50Nanos, long p95Nanos, long p99Nanos, long maxNanos) {

	}

	record Dispatch(List<Dispatcher> dispatchers) {

	}

	record Dispatcher(String name, int threads, int active, int queueCapacity, int queueDepth, boolean overloaded,
			List<Method> methods) {

	}

	record Method(String method, long calls, long rejected, long p50Nanos, long p99Nanos,
			@Nullable Integer resultBytes) {

	}

	record Connections(Map<String, String> aliases, Map<String, Group> groups, String proxy) {

	}

	record Group(int maxConnections, int connections, int idle, Pool pool, List<Tier> tiers) {

	}

	record Pool(int maxIdlePerAddress, Duration maxIdleTime) {

	}

	record Tier(int tier, List<Address> addresses) {

	}

	record Address(String address, int weight, int active, int idle, String circuit, long requests, long failures,
			long p99Nanos) {

	}

	record Stats(int maxMeters, int meterCount, int evicted, List<Meter> meters) {

	}

	record Meter(String name, String tags, long count, double meanNanos, long p95Nanos, long p99Nanos, long maxNanos,
			double ratePerSecond) {

	}

}
