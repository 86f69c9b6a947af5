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

package io.support.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.support.stats.Buckets;
import io.support.stats.StreamingMeterRegistry;

/**
 * How times are spread, all meters of one name together, since the start: what is drawn
 * as a histogram.
 *
 * @param unit the unit of all figures but counts
 * @param count how many times there are
 * @param p50 the median, as all percentiles within 1 %
 * @param p90 the 90th percentile
 * @param p99 the 99th percentile
 * @param p999 one in a thousand is above
 * @param max the largest
 * @param buckets how many lie where
 */
record Spread(String unit, long count, double p50, double p90, double p99, double p999, double max,
		List<Bucket> buckets) {

	/** Of so many fine buckets one is made, which is wide enough to be seen. */
	private static final int MERGED = 8;

	private static final Map<String, Map<String, String>> METERS = Map.of("acceptor",
			Map.of("queueAgeDistribution", "support.acceptor.queue.age"), "eventloops",
			Map.of("loopDelayDistribution", "support.eventloop.delay"), "dispatch",
			Map.of("queuedDistribution", "support.dispatch.queued", "durationDistribution",
					"support.dispatch.duration"),
			"connections", Map.of("responseTimeDistribution", "support.connections.request"));

	/**
	 * Returns what there is to be shown on a page.
	 * @param page the name of the page
	 * @param registry where the meters are
	 * @return by title, what has no numbers left out
	 */
	static Map<String, Spread> of(String page, StreamingMeterRegistry registry) {
		Map<String, Spread> spreads = new LinkedHashMap<>();
		METERS.getOrDefault(page, Map.of())
			.entrySet()
			.stream()
			.sorted(Map.Entry.<String, String>comparingByKey().reversed())
			.forEach((meter) -> {
				Buckets buckets = registry.buckets(meter.getValue()::equals);
				if (!buckets.counts().isEmpty()) {
					spreads.put(meter.getKey(), of(buckets));
				}
			});
		return spreads;
	}

	private static Spread of(Buckets buckets) {
		return new Spread("nanoseconds", buckets.total(), buckets.quantile(0.5), buckets.quantile(0.9),
				buckets.quantile(0.99), buckets.quantile(0.999), buckets.quantile(1), merged(buckets));
	}

	private static List<Bucket> merged(Buckets buckets) {
		Map<Integer, Long> counts = new LinkedHashMap<>();
		buckets.counts().forEach((place, count) -> counts.merge(Math.floorDiv(place - 1, MERGED), count, Long::sum));
		List<Bucket> merged = new ArrayList<>();
		counts.forEach((group, count) -> merged.add((group < 0) ? new Bucket(0, 0, count)
				: new Bucket(Buckets.from(group * MERGED + 1), Buckets.to(group * MERGED + MERGED), count)));
		return merged;
	}

	/**
	 * Times that lie close together.
	 *
	 * @param from the smallest
	 * @param to above all of them
	 * @param count how many there are
	 */
	record Bucket(double from, double to, long count) {

	}

}
