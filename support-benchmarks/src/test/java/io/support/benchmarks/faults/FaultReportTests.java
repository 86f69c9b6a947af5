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

package io.support.benchmarks.faults;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.support.benchmarks.load.Percentiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FaultReport}.
 */
class FaultReportTests {

	private final FaultReport report = new FaultReport();

	@Test
	void matrixHasARowForEachContenderAtEachFault() {
		add("refused", "webclient", 1, calls(100, 90, 5), new PeerCounts(20, 110, 3, 0));
		add("refused", "webclient", 2, calls(100, 94, 5), new PeerCounts(40, 110, 3, 0));
		add("refused", "support", 1, calls(100, 100, 0), new PeerCounts(20, 100, 0, 0));
		assertThat(this.report.matrix()).isEqualTo(
				"""
						| fault | contender | calls | failed | wrong | p50 ms | p99 ms | p99.9 ms | late p99 ms | sent/call | twice | connects/call | calls/s | target | met |
						| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
						| refused | webclient | 100 | 8 (10) | 5 | 1.00 | 2.00 | 2.50 | 1.50 | 1.100 | 3 | 0.3000 (0.4000) | 100 | 0 failed | no |
						| refused | support | 100 | 0 | 0 | 1.00 | 2.00 | 2.50 | 1.50 | 1.000 | 0 | 0.2000 | 100 | 0 failed | yes |
						""");
		assertThat(this.report.healthy()).isEmpty();
	}

	@Test
	void healthyPathIsComparedWithTheFirst() {
		for (String fault : new String[] { Faults.HEALTHY, Faults.HEALTHY_ONE }) {
			add(fault, "webclient", 1, calls(100, 100, 0), new PeerCounts(1, 100, 0, 0));
			add(fault, "support", 1, calls(200, 200, 0), new PeerCounts(4, 200, 0, 0));
		}
		assertThat(this.report.healthy()).contains(
				"| webclient | 1.000 | 2.000 | 0.000 | 0.000 | 100 | 1.000 | 100.0 |",
				"| support | 1.000 | 2.000 | 0.000 | 0.000 | 100 | 1.000 | 200.0 |");
	}

	@Test
	void csvHasEveryMeasurement() {
		add("mute", "webclient", 2, calls(100, 90, 5), new PeerCounts(20, 110, 3, 7));
		assertThat(this.report.csv().lines().toList().get(1)).isEqualTo(
				"mute,webclient,2,1,32,100,90,5,0,ReadTimeoutException=5,110,3,20,7,1.000,2.000,2.500,1.500,3.000,1.000");
	}

	@Test
	void targetsSayWhetherTheyAreMet() {
		Cell cell = cell("outage", "support", 1, calls(100, 0, 0), new PeerCounts(20, 121, 21, 0));
		assertThat(Target.sent(1.2).met()).rejects(cell);
		assertThat(Target.sent(1.3).met()).accepts(cell);
		assertThat(Target.p99(2).met()).accepts(cell);
		assertThat(Target.p99(1).met()).rejects(cell);
		assertThat(Target.NONE_TWICE.met()).rejects(cell);
		assertThat(Target.NONE_FAILED.and(Target.sent(2)).met()).rejects(cell);
		assertThat(Target.NONE_FAILED.and(Target.sent(2)).text()).isEqualTo("0 failed; at most 2.0 sent/call");
	}

	private void add(String fault, String contender, int repeat, CallReport calls, PeerCounts peers) {
		this.report.add(cell(fault, contender, repeat, calls, peers));
	}

	private static Cell cell(String fault, String contender, int repeat, CallReport calls, PeerCounts peers) {
		return new Cell(Faults.named(fault), FaultContender.listed(contender).get(0), 32, repeat, 1, calls, peers);
	}

	private static CallReport calls(int calls, int answered, int wrong) {
		int errors = calls - answered - wrong;
		return new CallReport(calls, answered, wrong, 0,
				(errors > 0) ? Map.of("ReadTimeoutException", errors) : Map.of(),
				new Percentiles(calls, 1_000_000, 2_000_000, 2_500_000, 3_000_000),
				new Percentiles(calls / 2, 1_000_000, 1_500_000, 2_500_000, 3_000_000), 10_000_000L * calls);
	}

}
