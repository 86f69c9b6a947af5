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

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.support.testing.JavaProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What statistics take of the heap, measured in a process of its own.
 */
class StatisticsHeapTests {

	private static final long KIB = 1024;

	/*
	 * Else a collection may leave small holes, which count as used.
	 */
	private static final List<String> EXACT_COLLECTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC",
			"-XX:+IgnoreUnrecognizedVMOptions", "-XX:MarkSweepAlwaysCompactCount=1");

	@Test
	void meterTakesFiveKibibytesAndHalfAKibibyteForEachPowerOfTwo() throws Exception {
		Map<String, Long> bytes = measured("meters");
		assertThat(bytes.get("idle")).isPositive().isLessThan(KIB);
		assertThat(bytes.get("recorded")).isBetween(4 * KIB, 5 * KIB + KIB / 2);
		assertThat(bytes.get("octave")).isBetween(KIB / 2, KIB / 2 + 64);
	}

	@Test
	void heapDoesNotGrowWithTheNumberOfNames() throws Exception {
		Map<String, Long> figures = measured("names");
		assertThat(figures.get("growth")).isLessThan(2 * KIB * KIB);
		assertThat(figures.get("meters")).isBetween(2000L, 2048L);
		assertThat(figures.get("evicted")).isEqualTo(StatisticsHeap.NAMES - figures.get("meters"));
		assertThat(figures.get("composedMeters")).isBetween(2000L, 2048L);
		assertThat(figures.get("composedEvicted")).isEqualTo(StatisticsHeap.NAMES - figures.get("composedMeters"));
		assertThat(figures.get("leftBehind")).isLessThan(KIB / 2);
	}

	@Test
	void sketchTakesTwoHundredKibibytesOfShortKeysAndSevenHundredOfLongOnes() throws Exception {
		Map<String, Long> bytes = measured("sketches");
		for (Keys keys : Keys.values()) {
			assertThat(bytes.get(keys + ".full")).isBetween(100 * KIB, 200 * KIB);
			assertThat(bytes.get(keys + ".sparse")).isBetween(100 * KIB, 240 * KIB);
		}
		assertThat(bytes.get("LONG.sparse")).isBetween(500 * KIB, 700 * KIB);
		assertThat(bytes.get("LONG.full")).isBetween(500 * KIB, 700 * KIB);
	}

	private static Map<String, Long> measured(String what) throws Exception {
		List<String> output = JavaProcess.run(StatisticsHeap.class, EXACT_COLLECTIONS, what);
		return output.stream()
			.map((line) -> line.split("="))
			.filter((parts) -> parts.length == 2)
			.collect(Collectors.toMap((parts) -> parts[0], (parts) -> Long.valueOf(parts[1])));
	}

}
