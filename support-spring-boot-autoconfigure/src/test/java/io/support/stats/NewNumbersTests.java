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

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NewNumbers}.
 */
class NewNumbersTests {

	private final StreamingMeterRegistry registry = new StreamingMeterRegistry(new MockClock(), 100);

	private final Timer timer = this.registry.timer("queued", "method", "a");

	private final Timer other = this.registry.timer("queued", "method", "b");

	private final NewNumbers numbers = new NewNumbers();

	@Test
	void onlyWhatCameSinceTheLastLookIsNew() {
		this.timer.record(1, TimeUnit.SECONDS);
		look();
		assertThat(this.numbers.count()).isOne();
		look();
		assertThat(this.numbers.count()).isZero();
		assertThat(this.numbers.quantile(0.99)).isNaN();
		for (int millis = 1; millis <= 100; millis++) {
			(((millis % 2) == 0) ? this.timer : this.other).record(millis, TimeUnit.MILLISECONDS);
		}
		look();
		assertThat(this.numbers.count()).isEqualTo(100);
		assertThat(this.numbers.quantile(0.5)).isCloseTo(50e6, Percentage.withPercentage(1));
		assertThat(this.numbers.quantile(0.99)).isCloseTo(99e6, Percentage.withPercentage(1));
		assertThat(this.numbers.quantile(1)).isCloseTo(100e6, Percentage.withPercentage(1));
	}

	@Test
	void zeroIsANumber() {
		this.timer.record(0, TimeUnit.SECONDS);
		look();
		assertThat(this.numbers.count()).isOne();
		assertThat(this.numbers.quantile(1)).isZero();
	}

	@Test
	void afterAResetAllAreNew() {
		this.timer.record(5, TimeUnit.MILLISECONDS);
		this.timer.record(5, TimeUnit.MILLISECONDS);
		look();
		this.registry.reset();
		this.timer.record(5, TimeUnit.MILLISECONDS);
		look();
		assertThat(this.numbers.count()).isOne();
	}

	@Test
	void bucketsOfSeveralMetersAreOne() {
		this.timer.record(5, TimeUnit.MILLISECONDS);
		this.other.record(5, TimeUnit.MILLISECONDS);
		this.registry.summary("size").record(3);
		assertThat(this.registry.buckets("queued"::equals).counts().values()).containsExactly(2L);
		assertThat(this.registry.counts((name) -> true)).hasSize(3);
		assertThat(this.registry.counts("queued"::equals).values()).containsExactly(1.0, 1.0);
	}

	private void look() {
		this.numbers.look(this.registry.getMeters());
	}

}
