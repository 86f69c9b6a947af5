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
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.support.stats.DescribedMeter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the alert rules and the dashboard ask for meters that there are.
 */
class AlertsTests {

	private static final Pattern NAME = Pattern.compile("\\bsupport_[a-z_]+");

	@ParameterizedTest
	@ValueSource(strings = { "prometheus/alerts.yaml", "grafana/support.json" })
	void everyMeterIsThere(String file) throws IOException {
		String text = Files.readString(Path.of("..", "docs").resolve(file));
		Set<String> names = NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
		Set<String> known = MetersPageTests.meters().stream().flatMap(AlertsTests::names).collect(Collectors.toSet());
		assertThat(names).hasSizeGreaterThan(10).isSubsetOf(known);
	}

	private static Stream<String> names(DescribedMeter meter) {
		String name = MetersPageTests.prometheusName(meter);
		return (meter.getType() == Meter.Type.TIMER || meter.getType() == Meter.Type.DISTRIBUTION_SUMMARY)
				? Stream.of(name + "_count", name + "_sum", name + "_max") : Stream.of(name);
	}

}
