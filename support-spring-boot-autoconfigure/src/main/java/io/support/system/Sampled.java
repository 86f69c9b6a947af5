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

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.support.stats.DistributionSnapshot;
import io.support.stats.DistributionState;
import io.support.stats.MeterState;
import io.support.stats.MinuteStatistics;

/**
 * A gauge and what it has been.
 *
 * @param name its name
 * @param tags its tags
 * @param unit its unit; {@code null} if it does not say
 * @param value its value now; {@code null} if it has none
 * @param min the smallest of all samples
 * @param mean their mean
 * @param p99 their 99th percentile
 * @param max the largest of all samples
 * @param maxLastMinute the largest since the last full minute
 */
record Sampled(String name, Map<String, String> tags, @Nullable String unit, @Nullable Double value,
		@Nullable Double min, @Nullable Double mean, @Nullable Double p99, @Nullable Double max,
		@Nullable Double maxLastMinute) {

	static Sampled of(MeterState meter) {
		DistributionState samples = meter.distribution();
		if (samples == null) {
			return new Sampled(meter.name(), meter.tags(), meter.unit(), meter.value(), null, null, null, null, null);
		}
		DistributionSnapshot figures = samples.summary();
		Double recent = samples.minutes().isEmpty() ? null : last(samples).max();
		return new Sampled(meter.name(), meter.tags(), meter.unit(), meter.value(), figures.min(), figures.mean(),
				figures.p99(), figures.max(), recent);
	}

	private static MinuteStatistics last(DistributionState samples) {
		return samples.minutes().get(samples.minutes().size() - 1);
	}

}
