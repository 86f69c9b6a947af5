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

package io.support.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.support.stats.DescribedMeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that the alert rules and the dashboard ask for meters that there are, and, where
 * promtool is installed, that Prometheus understands them and the alerts fire.
 */
class AlertsTests {

	private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

	private static final Pattern NAME = Pattern.compile("\\bsupport_[a-z_]+");

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "prometheus/alerts.yaml", "grafana/support.json" })
	void everyMeterIsThere(String file) throws IOException {
		String text = Files.readString(Path.of("..", "docs").resolve(file));
		Set<String> names = NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
		Set<String> known = MetersPageTests.meters().stream().flatMap(AlertsTests::names).collect(Collectors.toSet());
		assertThat(names).hasSizeGreaterThan(10).isSubsetOf(known);
	}

	@Test
	void rulesAreUnderstood() throws Exception {
		assertThat(promtool("check", "rules", "../docs/prometheus/alerts.yaml")).contains("SUCCESS");
	}

	@Test
	void everyAlertFiresInTroubleAndNoneWithoutIt() throws Exception {
		assertThat(promtool("test", "rules", "src/test/resources/io/support/documentation/alerts-tests.yaml"))
			.contains("SUCCESS");
		String tests = Files.readString(Path.of("src/test/resources/io/support/documentation/alerts-tests.yaml"));
		assertThat(Files.readAllLines(Path.of("../docs/prometheus/alerts.yaml"))
			.stream()
			.filter((line) -> line.contains("- alert: "))).isNotEmpty()
			.allSatisfy((line) -> assertThat(tests).contains("alertname=\"" + line.substring(line.indexOf(": ") + 2)));
	}

	@Test
	void dashboardIsUnderstood() throws Exception {
		StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
		List<String> expressions = PrometheusExpressions.ofDashboard();
		assertThat(expressions).hasSizeGreaterThan(20);
		for (int i = 0; i < expressions.size(); i++) {
			String expression = expressions.get(i).replace("$__rate_interval", "5m");
			rules.append("      - record: dashboard:")
				.append(i)
				.append("\n        expr: ")
				.append(JsonMapper.shared().writeValueAsString(expression))
				.append('\n');
		}
		Path file = Files.writeString(this.directory.resolve("dashboard.yaml"), rules);
		assertThat(promtool("check", "rules", file.toString())).contains("SUCCESS: " + expressions.size() + " rules");
	}

	private String promtool(String... arguments) throws IOException, InterruptedException {
		assumeThat(PROMTOOL).as("promtool, of the package prometheus").isExecutable();
		Path output = this.directory.resolve("output");
		List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			String said = Files.readString(output);
			assertThat(process.exitValue()).as(said).isZero();
			return said;
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Stream<String> names(DescribedMeter meter) {
		String name = MetersPageTests.prometheusName(meter);
		return (meter.getType() == Meter.Type.TIMER || meter.getType() == Meter.Type.DISTRIBUTION_SUMMARY)
				? Stream.of(name + "_count", name + "_sum", name + "_max") : Stream.of(name);
	}

}
