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

package io.support.meta.ui;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.support.meta.SecretMask;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Humanizer} and its {@link Unit}s.
 */
class HumanizerTests {

	@ParameterizedTest
	@CsvSource({ "queueDepth, queue depth", "queuedNanos, queued", "maxQueueAgeMillis, max queue age",
			"usedBytes, used", "processRatio, process", "ratePerSecond, rate", "pid, pid",
			"http.server.requests, " + "http.server.requests", "queue-full, queue-full", "<b>, <b>",
			"Hmac.sign, Hmac.sign" })
	void labelIsTheNameInWordsWithoutItsUnit(String name, String label) {
		assertThat(Humanizer.label(name)).isEqualTo(label);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			queuedNanos    | 0            | 0 ns
			queuedNanos    | 999          | 999 ns
			queuedNanos    | 1234         | 1.23 \u00B5s
			queuedNanos    | 1234567      | 1.23 ms
			queuedNanos    | 45600000     | 45.6 ms
			queuedNanos    | 4164000000   | 4.16 s
			queuedMicros   | 1500         | 1.50 ms
			uptimeMillis   | 59999        | 60.0 s
			uptimeMillis   | 61000        | 1 min 1 s
			uptimeMillis   | 7200000      | 2 h
			uptimeSeconds  | 90061        | 1 d 1 h
			delayNanos     | -5000        | -5.00 \u00B5s
			sizeBytes      | 0            | 0 B
			sizeBytes      | 1023         | 1,023 B
			sizeBytes      | 1024         | 1.00 KiB
			sizeBytes      | 84391350272  | 78.6 GiB
			cpuRatio       | 0.0416       | 4.2 %
			cpuPercent     | 4.16         | 4.2 %
			ratePerSecond  | 1234.5       | 1,235/s
			ratePerSecond  | 0.5          | 0.5/s
			accepted       | 1204993      | 1,204,993
			loadAverage    | 2.89990      | 2.9
			queueDepth     | 0.0          | 0
			pid            | 21763        | 21763
			port           | 8080         | 8080
			weird          | 1e300        | 1.00e+300
			""")
	void numberIsSaidInTheUnitOfItsName(String name, double value, String text) {
		Number number = (value == Math.rint(value) && Math.abs(value) < 1e18) ? (Number) (long) value : value;
		assertThat(cell(name, number).text()).isEqualTo(text);
		assertThat(cell(name, number).kind()).isEqualTo(Cell.Kind.NUMBER);
	}

	@ParameterizedTest
	@CsvSource({ "value, nanoseconds, 4.16 s", "value, bytes, 3.88 GiB", "value, threads, '4,164,000,000 threads'",
			"distribution.max, nanoseconds, 4.16 s", "distribution.count, nanoseconds, '4,164,000,000'",
			"sizeBytes, threads, 3.88 GiB" })
	void unitOfAMeterIsThatOfItsNumbersButTheCount(String path, String unit, String text) {
		assertThat(Humanizer.cell(path, 4_164_000_000L, unit).text()).isEqualTo(text);
	}

	@Test
	void exactValueAndOrderAreKept() {
		Cell cell = cell("queuedNanos", 1_234_567L);
		assertThat(cell.raw()).isEqualTo("1234567 nanoseconds");
		assertThat(cell.order()).isEqualTo("1234567");
	}

	@Test
	void textsAreSaidAsPeopleDo() {
		assertThat(cell("at", "2026-11-23T12:00:00.25Z").text()).isEqualTo("2026-11-23 12:00:00 UTC");
		assertThat(cell("at", "2026-99-99T12:00:00Z").text()).isEqualTo("2026-99-99T12:00:00Z");
		assertThat(cell("timeout", "PT0.25S").text()).isEqualTo("250 ms");
		assertThat(cell("timeout", "PT9999999999999H").text()).isEqualTo("PT9999999999999H");
		assertThat(cell("ready", true).text()).isEqualTo("yes");
		assertThat(cell("lastFailure", null).text()).isEqualTo("\u2013");
		assertThat(cell("password", SecretMask.MASK).kind()).isEqualTo(Cell.Kind.SECRET);
		assertThat(cell("name", "<script>")).isEqualTo(new Cell("<script>", Cell.Kind.TEXT));
	}

	@ParameterizedTest
	@CsvSource({ "state, up, GOOD", "state, down, BAD", "state, draining, WARN", "state, serving, GOOD",
			"readiness, ACCEPTING_TRAFFIC, GOOD", "readiness, REFUSING_TRAFFIC, BAD", "circuit, half-open, WARN",
			"state, other, PLAIN", "states[1].name, DOWN, PLAIN", "steps[0].to, DOWN, PLAIN" })
	void stateHasItsTone(String name, String value, Tone tone) {
		assertThat(cell(name, value).kind()).isEqualTo(Cell.Kind.STATE);
		assertThat(cell(name, value).tone()).isEqualTo(tone);
	}

	@ParameterizedTest
	@CsvSource({ "refused.queue-full, 3, WARN", "refused.queue-full, 0, PLAIN", "rejected, 1, WARN",
			"refusedMeters, 1, WARN", "markdowns, 1, WARN", "maxFailures, 3, PLAIN", "accepted, 3, PLAIN",
			"failuresThreshold, 3, PLAIN" })
	void whatShouldNotBeIsAWarning(String path, long value, Tone tone) {
		assertThat(cell(path, value).tone()).isEqualTo(tone);
	}

	private static Cell cell(String path, @Nullable Object value) {
		return Humanizer.cell(path, value, null);
	}

}
