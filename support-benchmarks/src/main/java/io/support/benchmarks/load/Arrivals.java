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

package io.support.benchmarks.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How the intended times of the requests are spread over the duration of a plan.
 */
public enum Arrivals {

	/**
	 * Open loop, equal gaps.
	 */
	CONSTANT {

		@Override
		Schedule schedule(LoadPlan plan) {
			long[] times = new long[plan.requests()];
			double gap = 1e9 / plan.ratePerSecond();
			Arrays.setAll(times, (index) -> (long) (index * gap));
			return new OpenSchedule(times);
		}

	},

	/**
	 * Open loop, the gaps of many clients that know nothing of each other. Given the
	 * number of requests, a Poisson process is that many uniform times, sorted: so the
	 * number is exact and the same in every run.
	 */
	POISSON {

		@Override
		Schedule schedule(LoadPlan plan) {
			SplittableRandom random = new SplittableRandom(plan.seed());
			long[] times = random.longs(plan.requests(), 0, plan.total().toNanos()).sorted().toArray();
			Wave wave = plan.wave();
			return (wave != null) ? WaveSchedule.merge(times, wave.times(plan.seed())) : new OpenSchedule(times);
		}

	},

	/**
	 * Closed loop: a request is due as soon as a connection is free. Measures what a
	 * server can do, and hides what its clients wait for.
	 */
	CLOSED {

		@Override
		Schedule schedule(LoadPlan plan) {
			return new ClosedSchedule(plan.requests(), plan.total().toNanos());
		}

	};

	abstract Schedule schedule(LoadPlan plan);

}
