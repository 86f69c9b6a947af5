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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

import io.support.stats.DescribedMeter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/meters.md} lists every meter.
 */
class MetersPageTests {

	private static final String INTRODUCTION = """
			# Meters

			Made from the code. Names are Micrometer's, and below them Prometheus's. A timer is a summary there, with `_count` and
			`_sum`, and beside it the gauge `_max`.
			""";

	@Test
	void everyMeterIsListed() throws IOException {
		ReferencePage page = new ReferencePage("meters.md", INTRODUCTION);
		String group = "";
		for (DescribedMeter meter : meters()) {
			if (!group.equals(group(meter))) {
				group = group(meter);
				page.section(group);
				page.header("meter", "type", "tags", "");
			}
			page.row(ReferencePage.code(meter.getName()) + "<br>" + ReferencePage.code(prometheusName(meter)),
					meter.getType().name().toLowerCase(java.util.Locale.ROOT), tags(meter),
					meter.description().text() + ".");
		}
		page.check();
	}

	@Test
	void namesAreUniqueAndTellTheirCapability() {
		assertThat(meters()).extracting(DescribedMeter::getName)
			.doesNotHaveDuplicates()
			.allMatch((name) -> name.matches("support\\.[a-z]+(\\.[a-z]+)+"));
	}

	static List<DescribedMeter> meters() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AssignableTypeFilter(DescribedMeter.class));
		List<DescribedMeter> meters = new ArrayList<>();
		for (BeanDefinition candidate : scanner.findCandidateComponents("io.support")) {
			Class<?> type = ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()), null);
			for (Object constant : type.getEnumConstants()) {
				meters.add((DescribedMeter) constant);
			}
		}
		assertThat(meters).isNotEmpty();
		meters.sort(Comparator.comparing(DescribedMeter::getName));
		return meters;
	}

	private static String group(DescribedMeter meter) {
		return meter.getName().substring(0, meter.getName().indexOf('.', "support.".length()));
	}

	private static String tags(DescribedMeter meter) {
		return Arrays.stream(meter.getKeyNames())
			.map((key) -> ReferencePage.code(key.asString()))
			.collect(Collectors.joining(", "));
	}

	static String prometheusName(DescribedMeter meter) {
		String name = new PrometheusNamingConvention().name(meter.getName(), meter.getType(), meter.getBaseUnit());
		return (meter.getType() == Meter.Type.COUNTER) ? name + "_total" : name;
	}

}
