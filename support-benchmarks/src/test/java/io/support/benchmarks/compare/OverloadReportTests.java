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

package io.support.benchmarks.compare;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.support.benchmarks.load.LoadReport;
import io.support.benchmarks.load.Outcome;
import io.support.benchmarks.load.Percentiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OverloadReport}.
 */
class OverloadReportTests {

	private static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0);

	private final OverloadReport report = new OverloadReport();

	@Test
	void tableHasTheMedianAndTheWorstOfTheRepeats() {
		add(1, 180, 0);
		add(2, 190, 0);
		add(3, 198, 0);
		assertThat(this.report.toMarkdown().lines()).hasSize(3)
			.last()
			.isEqualTo("| loop | new | 2x | support | 190 | 400 | 190 (180) | 0.95 (0.90) | 20.0 | 30.0 |"
					+ " 52.50 (55.00) | 1.0 | 9.0 | 0 | 1.5 |");
	}

	@Test
	void contendersStandBesideEachOther() {
		this.report.add(measurement("stock", 1, 10, 0));
		this.report.add(measurement("support", 1, 190, 0));
		this.report.add(measurement("stock", 2, 10, 0));
		assertThat(this.report.toMarkdown().lines().skip(2)).satisfiesExactly(
				(row) -> assertThat(row).contains("| stock |"), (row) -> assertThat(row).contains("| support |"));
	}

	@Test
	void saysWhenTheGeneratorWasLate() {
		add(1, 180, 25_000_000);
		assertThat(this.report.toMarkdown()).contains("The load generator itself was up to 25 ms late");
	}

	@Test
	void csvHasEveryMeasurement() {
		add(1, 180, 0);
		add(2, 190, 0);
		assertThat(this.report.toCsv().lines()).hasSize(3)
			.last()
			.isEqualTo(
					"loop,support,new,2.000,200.000,190.000,2,1.000,400,190,0,210,0,0,0,0,0,0,0.950,20.000,30.000,40.000,"
							+ "1.000,9.000,10.000,0.000,0.000,1.500");
	}

	private void add(int repeat, int ok, long lagNanos) {
		this.report.add(measurement("support", repeat, ok, lagNanos));
	}

	private static Measurement measurement(String contender, int repeat, int ok, long lagNanos) {
		Map<Outcome, Integer> counts = new EnumMap<>(Map.of(Outcome.OK, ok, Outcome.RESET, 400 - ok));
		LoadReport result = new LoadReport(1, counts,
				new Percentiles(ok, 20_000_000, 30_000_000, 35_000_000, 40_000_000),
				new Percentiles(400 - ok, 1_000_000, 9_000_000, 9_500_000, 10_000_000),
				(lagNanos > 0) ? new Percentiles(400, lagNanos, lagNanos, lagNanos, lagNanos) : NONE, List.of(), null);
		return new Measurement(Scenario.LOOP, contender, Clients.NEW_CONNECTIONS, 2, 200, 190, repeat, result,
				Optional.of(Duration.ofMillis(1500)));
	}

}
