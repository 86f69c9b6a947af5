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

package io.support.benchmarks.server;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.support.benchmarks.load.LoadGenerator;
import io.support.benchmarks.load.LoadPlan;
import io.support.benchmarks.load.LoadReport;
import io.support.benchmarks.load.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BenchmarkServer}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "benchmark.rounds=1000")
@Timeout(60)
class BenchmarkServerTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "/work", "/work-cpu", "/work-io", "/work-virtual", "/hello", "/wait?millis=1",
			"/block?millis=1", "/heap" })
	void answersTheLoadGenerator(String path) {
		URI target = URI.create("http://127.0.0.1:" + this.port + path);
		LoadPlan plan = LoadPlan.closed(target, 2, Duration.ofMillis(200))
			.keptAlive(2)
			.patience(Duration.ofSeconds(10), Duration.ofSeconds(10));
		LoadReport report = new LoadGenerator().run(plan);
		assertThat(report.count(Outcome.OK)).as("%s", report.counts()).isPositive();
		assertThat(report.count(Outcome.ERROR)).isZero();
	}

}
