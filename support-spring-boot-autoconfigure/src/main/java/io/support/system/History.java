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
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The last five minutes of what is worth a look, a value a second: the charts of the
 * pages. Bounded by {@value Track#SIZE} values a line and {@value #MAX_LINES} lines a
 * chart, further ones being put together as {@value #OTHERS}: about 250 KiB at the most.
 * Thread-safe.
 */
final class History {

	static final int MAX_LINES = 8;

	static final String OTHERS = "others";

	private static final long SECOND_NANOS = 1_000_000_000;

	private final Map<HistoryChart, Map<String, Track>> charts = new EnumMap<>(HistoryChart.class);

	private final LongSupplier nanoTime;

	private final Clock clock;

	private final long intervalSeconds;

	private long firstNanos;

	private long slot = -1;

	/**
	 * Creates a history of nothing.
	 * @param intervalNanos the time from one look at the process to the next: values are
	 * not closer than that
	 * @param nanoTime the time in nanoseconds
	 * @param clock the time of day
	 */
	History(long intervalNanos, LongSupplier nanoTime, Clock clock) {
		this.intervalSeconds = Math.max(1, (intervalNanos + SECOND_NANOS - 1) / SECOND_NANOS);
		this.nanoTime = nanoTime;
		this.clock = clock;
	}

	/**
	 * Returns the time from one value to the next.
	 * @return whole seconds, in nanoseconds
	 */
	long intervalNanos() {
		return this.intervalSeconds * SECOND_NANOS;
	}

	/**
	 * Adds the values of now. What comes within the same second again is not taken.
	 * @param values the values by chart and line
	 */
	synchronized void add(Values values) {
		long now = this.nanoTime.getAsLong();
		this.firstNanos = (this.slot < 0) ? now : this.firstNanos;
		long slot = slot(now);
		if (slot <= this.slot) {
			return;
		}
		this.slot = slot;
		values.charts.forEach((chart, lines) -> {
			Map<String, Track> tracks = this.charts.computeIfAbsent(chart, (key) -> new LinkedHashMap<>());
			Map<String, Double> folded = new LinkedHashMap<>();
			lines.forEach((line, value) -> {
				boolean room = tracks.containsKey(line) || tracks.size() < MAX_LINES;
				if (room) {
					tracks.computeIfAbsent(line, (key) -> new Track());
				}
				folded.merge(room ? line : OTHERS, value, chart::fold);
			});
			folded.forEach((line, value) -> tracks.computeIfAbsent(line, (key) -> new Track()).set(slot, value));
		});
	}

	/*
	 * The first look is in the middle of its slot: later ones may come a little early or
	 * late.
	 */
	private long slot(long nanos) {
		return Math.floorDiv(nanos - this.firstNanos + intervalNanos() / 2, intervalNanos());
	}

	/**
	 * Returns the charts of a page.
	 * @param page the name of the page
	 * @return the charts by their titles, those without a value left out
	 */
	synchronized Map<String, Timeline> charts(String page) {
		Map<String, Timeline> charts = new LinkedHashMap<>();
		long now = this.nanoTime.getAsLong();
		// The slot that has begun may not have been looked at yet.
		long end = Math.max(this.slot, slot(now) - 1) + 1;
		long first = Math.max(0, end - Track.SIZE);
		Instant firstAt = this.clock.instant().minusNanos(now - this.firstNanos - first * intervalNanos());
		this.charts.forEach((chart, tracks) -> {
			if (chart.isOn(page)) {
				Map<String, List<@Nullable Number>> lines = new LinkedHashMap<>();
				tracks.forEach((line, track) -> {
					List<@Nullable Number> values = track.values(first, end);
					if (values.stream().anyMatch((value) -> value != null)) {
						lines.put(line, values);
					}
				});
				if (!lines.isEmpty()) {
					charts.put(chart.title(), new Timeline(Instant.ofEpochSecond(firstAt.getEpochSecond()),
							this.intervalSeconds, chart.unit(), lines));
				}
			}
		});
		return charts;
	}

	/**
	 * The values of one look.
	 */
	static final class Values {

		private final Map<HistoryChart, Map<String, Double>> charts = new EnumMap<>(HistoryChart.class);

		/**
		 * Adds a value.
		 * @param chart the chart
		 * @param line what the line is called
		 * @param value the value; {@code NaN} if there is none
		 */
		void put(HistoryChart chart, String line, double value) {
			// Without a value it has its place among the lines all the same.
			this.charts.computeIfAbsent(chart, (key) -> new LinkedHashMap<>())
				.put(line, Double.isFinite(value) ? value : Double.NaN);
		}

		void putAll(HistoryChart chart, Map<String, Double> lines) {
			lines.forEach((line, value) -> put(chart, line, value));
		}

	}

}
