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

package io.support.stats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.support.testing.JavaProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The statistics of two real processes, added up, are those of one.
 */
class TwoProcessesTests {

	private static final int ORDERS = 20_000;

	@Test
	void statisticsOfTwoProcessesAreThoseOfOne() throws Exception {
		List<String> output = JavaProcess.run(RecordingProcess.class, List.of("-Xmx128m"), "1", "" + ORDERS);
		String text = output.stream().filter((line) -> line.startsWith("{")).findFirst().orElseThrow();
		StatisticsState theirs = JsonMapper.builder().build().readValue(text, StatisticsState.class);
		Traffic own = Traffic.of(2, 2 * ORDERS);
		Traffic both = own.with(Traffic.of(1, ORDERS));
		StatisticsState sum = own.recorded().plus(theirs);
		StatisticsState expected = both.recorded();
		SameStatistics.assertSame(sum, expected);
		assertThat(sum.meters()).extracting(MeterState::name).containsExactlyInAnyOrder("orders", "amount");
		SketchSnapshot customers = sum.sketches().get(0).summary();
		assertThat(customers.total()).isEqualTo(3 * ORDERS);
		assertThat(customers.distinct()).isEqualTo(expected.sketches().get(0).summary().distinct());
		assertCounts(sum.sketches().get(0), both);
	}

	private static void assertCounts(SketchState sketch, Traffic traffic) {
		Map<String, Long> counts = new HashMap<>();
		traffic.events().forEach((event) -> counts.merge(event.customer(), 1L, Long::sum));
		assertThat(sketch.counted()).isNotEmpty()
			.allSatisfy((element) -> assertThat(counts.get(element.value()))
				.isBetween(element.count() - element.error(), element.count()));
	}

}
