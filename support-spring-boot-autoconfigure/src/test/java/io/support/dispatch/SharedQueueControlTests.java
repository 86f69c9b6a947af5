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

package io.support.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedQueueControl}: twenty threads, 50 ms for each call, so that 400
 * start in a second.
 */
class SharedQueueControlTests {

	private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final int CAPACITY = 400;

	private final Random random = new Random(42);

	private final SharedQueueSimulation simulation = new SharedQueueSimulation(
			new DispatchSettings.Pool(20, 1000).sojourn(), 20, 50 * MILLISECOND);

	@ParameterizedTest
	@ValueSource(ints = { 30, 80, 200 })
	void backgroundCallsThatAlwaysWaitAreNoOverload(int calls) {
		this.simulation.endless(20 + calls).requests(poisson(0.3, 0, 60)).run(60 * SECOND);
		assertThat(this.simulation.requests).isGreaterThan(6000);
		assertThat(this.simulation.refused).isLessThanOrEqualTo(this.simulation.requests / 1000);
		assertThat(this.simulation.maxRequestAge).isGreaterThan(2L * calls * MILLISECOND);
	}

	@Test
	void batchOfBackgroundCallsKeepsRequestsAwayOnlyWhileItIsTooLong() {
		long[] batch = new long[900];
		Arrays.fill(batch, 10 * SECOND);
		this.simulation.background(batch).requests(poisson(0.5, 0, 60)).run(60 * SECOND);
		assertThat(this.simulation.servedInBackground).isEqualTo(900);
		// 900 calls take 2.25 s: who comes in the first 1.25 s would wait for too long.
		assertThat(this.simulation.refused).isBetween(200, 350);
		assertThat(this.simulation.lastRefusal).isBetween(11 * SECOND, 12_500 * MILLISECOND);
		assertThat(this.simulation.maxRequestAge).isLessThanOrEqualTo(SECOND);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 2, 5, 10 })
	void requestsBeyondCapacityAreRefusedAndBackgroundCallsAllRun(double load) {
		long[] background = poisson(0.3, 0, 60);
		this.simulation.background(background).requests(poisson(load, 0, 60)).run(60 * SECOND);
		assertThat(this.simulation.servedInBackground).isGreaterThan(background.length - CAPACITY / 2);
		assertThat(this.simulation.servedInBackground + this.simulation.servedRequests)
			.isGreaterThan((int) (0.95 * 60 * CAPACITY));
		assertThat(this.simulation.maxRequestAge).isLessThanOrEqualTo(SECOND);
	}

	@Test
	void backgroundCallsBelowCapacityCostRequestsNothing() {
		this.simulation.background(poisson(0.4, 0, 300)).requests(poisson(0.4, 0, 300)).run(300 * SECOND);
		assertThat(this.simulation.refused).isLessThanOrEqualTo(this.simulation.requests / 1000);
	}

	private long[] poisson(double load, double fromSeconds, double toSeconds) {
		List<Long> arrivals = new ArrayList<>();
		double time = fromSeconds;
		while (true) {
			time += -StrictMath.log(1 - this.random.nextDouble()) / (load * CAPACITY);
			if (time >= toSeconds) {
				return arrivals.stream().mapToLong(Long::longValue).toArray();
			}
			arrivals.add((long) (time * SECOND));
		}
	}

}
