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

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Sketches}.
 */
class SketchesTests {

	private final Sketches sketches = new Sketches();

	@ParameterizedTest
	@EnumSource(Keys.class)
	void differentKeysAreCountedWithinTwoPercent(Keys keys) {
		offerAll(this.sketches, keys, 0, 1_000_000);
		assertThat(this.sketches.snapshot("keys").orElseThrow().distinct()).isCloseTo(1_000_000,
				Percentage.withPercentage(2));
	}

	@ParameterizedTest
	@EnumSource(Keys.class)
	void differentKeysOfFourProcessesAreCountedWithinTwoPercent(Keys keys) {
		SketchState sum = IntStream.range(0, 4).mapToObj((i) -> {
			Sketches process = new Sketches();
			offerAll(process, keys, 200_000 * i, 200_000 * i + 400_000);
			return process.states().get(0);
		}).reduce(SketchState::plus).orElseThrow();
		assertThat(sum.total()).isEqualTo(1_600_000);
		assertThat(sum.summary().distinct()).isCloseTo(1_000_000, Percentage.withPercentage(2));
	}

	private static void offerAll(Sketches sketches, Keys keys, int from, int to) {
		IntStream.range(from, to).forEach((i) -> sketches.offer("keys", keys.key(i)));
	}

	@Test
	void findsTheMostFrequentKeys() {
		for (int i = 0; i < 30_000; i++) {
			this.sketches.offer("paths", "/rare/" + i);
			this.sketches.offer("paths", (i % 3 == 0) ? "/second" : "/first");
		}
		SketchSnapshot snapshot = this.sketches.snapshot("paths").orElseThrow();
		assertThat(snapshot.top()).hasSize(20);
		assertThat(snapshot.top().get(0)).isEqualTo(new SketchSnapshot.Element("/first", 20_000, 0));
		assertThat(snapshot.top().get(1)).isEqualTo(new SketchSnapshot.Element("/second", 10_000, 0));
	}

	@Test
	void tellsKeysApartByTheirUtf8Bytes() {
		this.sketches.offer("names", "\u00e9\u4e16");
		this.sketches.offer("names", "??");
		assertThat(this.sketches.snapshot("names").orElseThrow().distinct()).isEqualTo(2);
	}

	@Test
	void longKeysAreCut() {
		this.sketches.offer("paths", "x".repeat(10_000));
		assertThat(this.sketches.snapshot("paths").orElseThrow().top().get(0).value()).hasSize(Sketches.MAX_KEY_LENGTH);
	}

	@Test
	void thereIsABoundedNumberOfStreams() {
		IntStream.range(0, Sketches.MAX_SKETCHES).forEach((i) -> this.sketches.offer("stream" + i, "key"));
		assertThatIllegalStateException().isThrownBy(() -> this.sketches.offer("one-more", "key"))
			.withMessageContaining("one-more");
		assertThat(this.sketches.snapshots()).hasSize(Sketches.MAX_SKETCHES);
		assertThat(this.sketches.snapshot("one-more")).isEmpty();
	}

	@Test
	void threadsLoseNothing() throws InterruptedException {
		int threads = 4;
		CountDownLatch done = new CountDownLatch(threads);
		for (int i = 0; i < threads; i++) {
			new Thread(() -> {
				IntStream.range(0, 25_000).forEach((j) -> this.sketches.offer("clients", "client" + (j % 10)));
				done.countDown();
			}).start();
		}
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		SketchSnapshot snapshot = this.sketches.snapshot("clients").orElseThrow();
		assertThat(snapshot.total()).isEqualTo(100_000);
		assertThat(snapshot.top()).hasSize(10).allSatisfy((key) -> assertThat(key.count()).isEqualTo(10_000));
	}

}
