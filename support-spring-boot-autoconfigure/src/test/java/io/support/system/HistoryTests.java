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

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link History} and its {@link Track}s.
 */
class HistoryTests {

	private static final long SECOND = 1_000_000_000;

	private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

	private final AtomicLong nanos = new AtomicLong(-5 * SECOND);

	private final History history = new History(SECOND / 10, this.nanos::get, new Ticking(this.nanos));

	@Test
	void nothingIsRememberedAtFirst() {
		assertThat(this.history.charts("index")).isEmpty();
		this.history.add(new History.Values());
		assertThat(this.history.charts("index")).isEmpty();
	}

	@Test
	void everySecondHasAValue() {
		for (int i = 0; i < 3; i++) {
			add("used", i);
			this.nanos.addAndGet(SECOND);
		}
		Timeline heap = heap();
		assertThat(heap.lines()).isEqualTo(Map.of("used", List.of(0L, 1L, 2L)));
		assertThat(heap.firstAt()).isEqualTo(START.minusSeconds(5));
		assertThat(heap.intervalSeconds()).isOne();
		assertThat(heap.unit()).isEqualTo("bytes");
	}

	@Test
	void lateOrEarlyLookIsStillThatOfItsSecond() {
		long[] looks = { 0, SECOND + SECOND / 3, 2 * SECOND - SECOND / 3, 3 * SECOND };
		for (long look : looks) {
			this.nanos.set(look);
			add("used", (double) look);
		}
		assertThat(values("used")).hasSize(4).doesNotContainNull();
	}

	@Test
	void secondThatWasMissedHasNoValue() {
		add("used", 1);
		this.nanos.addAndGet(3 * SECOND);
		add("used", 2);
		add("used", 3);
		assertThat(values("used")).containsExactly(1L, null, null, 2L);
	}

	@Test
	void thereAreFiveMinutesAtTheMost() {
		for (int i = 0; i < 1000; i++) {
			add("used", i);
			this.nanos.addAndGet(SECOND);
		}
		assertThat(values("used")).hasSize(Track.SIZE).startsWith(700L).endsWith(999L);
		assertThat(heap().firstAt()).isEqualTo(START.minusSeconds(5).plusSeconds(700));
		this.nanos.addAndGet(400 * SECOND);
		assertThat(this.history.charts("index")).isEmpty();
		add("used", 1);
		assertThat(values("used")).hasSize(Track.SIZE).endsWith(1L);
		assertThat(values("used").subList(0, Track.SIZE - 1)).containsOnlyNulls();
	}

	@Test
	void linesBeyondTheBoundAreOne() {
		for (int i = 0; i < 2; i++) {
			History.Values values = new History.Values();
			for (int line = 0; line < 20; line++) {
				values.put(HistoryChart.HEAP, "line" + line, 10);
				values.put(HistoryChart.CPU, "line" + line, line);
			}
			this.history.add(values);
			this.nanos.addAndGet(SECOND);
		}
		assertThat(heap().lines()).hasSize(History.MAX_LINES + 1)
			.containsEntry(History.OTHERS, List.of(120L, 120L))
			.containsEntry("line7", List.of(10L, 10L));
		assertThat(this.history.charts("index").get("cpu").lines()).containsEntry(History.OTHERS, List.of(19L, 19L));
	}

	@Test
	void valuesAreNotCloserThanTheProcessIsLookedAt() {
		History slow = new History(5 * SECOND, this.nanos::get, new Ticking(this.nanos));
		for (int i = 0; i < 3; i++) {
			History.Values values = new History.Values();
			values.put(HistoryChart.HEAP, "used", i);
			slow.add(values);
			this.nanos.addAndGet(5 * SECOND);
		}
		assertThat(slow.charts("index").get("heap"))
			.isEqualTo(new Timeline(START.minusSeconds(5), 5, "bytes", Map.of("used", List.of(0L, 1L, 2L))));
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "123.456, 123.5", "-0.0123456, -0.01235", "123456789, 123500000", "1, 1", "0.5, 0.5",
			"9999.6, 10000" })
	void valuesHaveFourDigits(double value, double rounded) {
		Number number = Track.rounded(value);
		assertThat(number).isNotNull();
		assertThat(number.doubleValue()).isEqualTo(rounded);
	}

	@Test
	void whatIsNoNumberIsNothing() {
		for (double value : new double[] { Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY }) {
			assertThat(Track.rounded(value)).isNull();
			add("used", value);
		}
		assertThat(this.history.charts("index")).isEmpty();
	}

	private void add(String line, double value) {
		History.Values values = new History.Values();
		values.put(HistoryChart.HEAP, line, value);
		this.history.add(values);
	}

	private Timeline heap() {
		Timeline heap = this.history.charts("index").get("heap");
		assertThat(heap).isNotNull();
		return heap;
	}

	private List<@Nullable Number> values(String line) {
		List<@Nullable Number> values = heap().lines().get(line);
		assertThat(values).isNotNull();
		return new ArrayList<>(values);
	}

	/** Goes with the nanoseconds, from {@link #START} at zero. */
	private static final class Ticking extends Clock {

		private final AtomicLong nanos;

		Ticking(AtomicLong nanos) {
			this.nanos = nanos;
		}

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(java.time.ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return START.plusNanos(this.nanos.get());
		}

	}

}
