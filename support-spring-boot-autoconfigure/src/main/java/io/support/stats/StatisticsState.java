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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * All statistics of a process at one moment, as a value that can be written as JSON and
 * be added to that of another process.
 *
 * @param meters every meter
 * @param sketches the streams of keys
 */
public record StatisticsState(List<MeterState> meters, List<SketchState> sketches) {

	/**
	 * Keeps copies of the lists.
	 * @param meters every meter
	 * @param sketches the streams of keys
	 */
	public StatisticsState {
		meters = List.copyOf(meters);
		sketches = List.copyOf(sketches);
	}

	/**
	 * Takes the statistics as they are now.
	 * @param registry where the meters are
	 * @param sketches the streams of keys
	 * @return the state
	 */
	public static StatisticsState of(StreamingMeterRegistry registry, Sketches sketches) {
		return new StatisticsState(registry.states((name) -> true), sketches.states());
	}

	/**
	 * Adds the statistics of another process.
	 * @param other its statistics
	 * @return those of both: what is in one only is in it, too
	 */
	public StatisticsState plus(StatisticsState other) {
		return new StatisticsState(sum(this.meters, other.meters,
				(meter) -> Arrays.asList(meter.name(), meter.tags(), meter.kind(), meter.unit()), MeterState::plus),
				sum(this.sketches, other.sketches, SketchState::name, SketchState::plus));
	}

	private static <T> List<T> sum(List<T> these, List<T> others, Function<T, Object> identity,
			BinaryOperator<T> plus) {
		Map<Object, T> all = new LinkedHashMap<>();
		these.forEach((one) -> all.put(identity.apply(one), one));
		others.forEach((one) -> all.merge(identity.apply(one), one, plus));
		return new ArrayList<>(all.values());
	}

}
