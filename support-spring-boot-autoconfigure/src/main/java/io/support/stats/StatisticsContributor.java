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

package io.support.stats;

import java.util.List;
import java.util.Optional;

import io.support.context.ContextContributor;
import io.support.context.Resettable;

/**
 * Shows the statistics of all meters, and one of them in full. A reset begins those of
 * the meters and of the streams of keys anew.
 */
public final class StatisticsContributor implements ContextContributor, Resettable {

	private static final int MAX_DETAILS = 50;

	private final StreamingMeterRegistry registry;

	private final Sketches sketches;

	/**
	 * Creates a contributor.
	 * @param registry where the meters are
	 * @param sketches the streams of keys
	 */
	public StatisticsContributor(StreamingMeterRegistry registry, Sketches sketches) {
		this.registry = registry;
		this.sketches = sketches;
	}

	@Override
	public String name() {
		return "stats";
	}

	@Override
	public StatisticsSnapshot snapshot() {
		return StatisticsSnapshot.of(this.registry, this.sketches);
	}

	@Override
	public Optional<Object> detail(String name) {
		List<MeterDetail> meters = this.registry.states(name::equals)
			.stream()
			.limit(MAX_DETAILS)
			.map(MeterDetail::of)
			.toList();
		return meters.isEmpty() ? Optional.empty() : Optional.of(new Details(meters));
	}

	@Override
	public void reset() {
		this.registry.reset();
		this.sketches.reset();
	}

	/**
	 * The meters of one name.
	 *
	 * @param meters one for each combination of tags
	 */
	record Details(List<MeterDetail> meters) {

	}

}
