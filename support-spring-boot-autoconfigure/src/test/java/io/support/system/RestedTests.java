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

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Rested}.
 */
class RestedTests {

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private long nanos = 4711;

	private long tookMillis = 2;

	private int found;

	private final Rested<Integer> rested = new Rested<>(() -> {
		this.nanos += this.tookMillis * MILLI;
		return ++this.found;
	}, () -> this.nanos);

	@Test
	void itIsGoodForAsLongAsItTookManyTimesOver() {
		assertThat(this.rested.get()).isEqualTo(new Rested.Aged<>(1, 0));
		this.nanos += 99 * MILLI;
		assertThat(this.rested.get()).isEqualTo(new Rested.Aged<>(1, 99));
		this.nanos += MILLI;
		assertThat(this.rested.get()).isEqualTo(new Rested.Aged<>(2, 0));
	}

	@Test
	void whatTookVeryLongIsStillFoundOutAgain() {
		this.tookMillis = 60_000;
		this.rested.get();
		this.nanos += Rested.MAX_REST_NANOS - 1;
		assertThat(this.rested.get().value()).isOne();
		this.nanos++;
		assertThat(this.rested.get().value()).isEqualTo(2);
	}

	@Test
	void whatTakesNoTimeIsFoundOutEachTime() {
		this.tookMillis = 0;
		assertThat(this.rested.get().value()).isOne();
		assertThat(this.rested.get().value()).isEqualTo(2);
	}

	@Test
	void failureIsNotKept() {
		int[] calls = { 0 };
		Rested<String> failing = new Rested<>(() -> {
			this.nanos += MILLI;
			if (calls[0]++ == 0) {
				throw new IllegalStateException("not yet");
			}
			return "found";
		}, () -> this.nanos);
		assertThatIllegalStateException().isThrownBy(failing::get);
		assertThat(failing.get().value()).isEqualTo("found");
	}

}
