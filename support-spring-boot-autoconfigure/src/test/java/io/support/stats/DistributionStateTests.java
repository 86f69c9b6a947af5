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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MockClock;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DistributionState}: parts of a series, added up.
 */
class DistributionStateTests {

	@Provide
	Arbitrary<Series> series() {
		return Series.ofSize(0, 2000);
	}

	@Property(tries = 200)
	void partsAddUpToTheWhole(@ForAll("series") Series series, @ForAll @IntRange(min = 1, max = 8) int count,
			@ForAll @IntRange(max = 120) int maxMinutes) {
		Parts parts = Parts.of(series, count, maxMinutes);
		DistributionState sum = parts.states().stream().reduce(DistributionState::plus).orElseThrow();
		SameStatistics.assertSame(sum, parts.whole());
		assertThat(sum.summary().p50()).isEqualTo(parts.whole().summary().p50());
	}

	@Property(tries = 200)
	void itDoesNotMatterWhatIsAddedFirst(@ForAll("series") Series series, @ForAll @IntRange(max = 120) int maxMinutes) {
		List<DistributionState> parts = Parts.of(series, 3, maxMinutes).states();
		DistributionState a = parts.get(0);
		DistributionState b = parts.get(1);
		DistributionState c = parts.get(2);
		SameStatistics.assertSame(a.plus(b), b.plus(a));
		SameStatistics.assertSame(a.plus(b).plus(c), a.plus(b.plus(c)));
	}

	@Property(tries = 200)
	void nothingAddsNothing(@ForAll("series") Series series) {
		Parts parts = Parts.of(series, 1, 10);
		DistributionState nothing = new Distribution(new MockClock()).state();
		SameStatistics.assertSame(parts.whole().plus(nothing), parts.whole());
		SameStatistics.assertSame(nothing.plus(parts.whole()), parts.whole());
	}

	@Test
	void minutesOfStatesThatWereTakenAtDifferentTimesAreThoseOfOneHour() {
		MockClock clock = new MockClock();
		Distribution earlier = new Distribution(clock);
		Distribution later = new Distribution(clock);
		earlier.record(1);
		DistributionState before = earlier.state();
		clock.add(Duration.ofMinutes(59));
		later.record(2);
		assertThat(before.plus(later.state()).minutes()).hasSize(2);
		clock.add(Duration.ofMinutes(1));
		later.record(3);
		assertThat(before.plus(later.state()).minutes()).extracting(MinuteStatistics::from)
			.containsExactly(Instant.ofEpochSecond(59 * 60), Instant.ofEpochSecond(60 * 60));
	}

	@Test
	void averagesOverDifferentTimesCannotBeAddedUp() {
		MovingAverage one = new MovingAverage(1, 2, 10.0);
		assertThat(one.plus(new MovingAverage(1, 0, null))).isEqualTo(one);
		assertThatIllegalArgumentException().isThrownBy(() -> one.plus(new MovingAverage(5, 1, 1.0)))
			.withMessageContaining("1 and 5 min");
	}

	/**
	 * A series that was recorded as a whole and in parts.
	 *
	 * @param whole the state of the whole
	 * @param states the states of the parts
	 */
	private record Parts(DistributionState whole, List<DistributionState> states) {

		static Parts of(Series series, int count, int maxMinutes) {
			Random random = new Random(series.seed());
			MockClock clock = new MockClock();
			Distribution whole = new Distribution(clock);
			List<Distribution> parts = new ArrayList<>();
			IntStream.range(0, count).forEach((i) -> parts.add(new Distribution(clock)));
			for (double number : series.numbers()) {
				// Never the same: which of two numbers is the later one is not told.
				clock.add(Duration.ofNanos(1 + (long) (random.nextDouble() * maxMinutes * 60e9 / series.size())));
				Stream.of(whole, parts.get(random.nextInt(count))).forEach((one) -> one.record(number));
			}
			return new Parts(whole.state(), parts.stream().map(Distribution::state).toList());
		}

	}

}
