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

package io.support.heap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.support.concurrent.OneAtATime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ClassHistogram} and {@link ClassHistograms}.
 */
class ClassHistogramTests {

	private static final String TEXT = """
			 num     #instances         #bytes  class name (module)
			-------------------------------------------------------
			   1:           100           8000  [B (java.base@17.0.15)
			   2:            50           4000  [[Ljava.lang.String; (java.base@17.0.15)
			   3:            20            640  shop.Order
			   4:             2             32  shop.Order$$Lambda$155/0x00007fc870119ea8
			   5:             1             16  shop.Order$$Lambda/0x00007fc870119eb0
			   6:             1             16  jdk.proxy2.$Proxy41 (jdk.proxy2)
			Total           174          12704
			""";

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private long nanos;

	private final OneAtATime heavy = new OneAtATime();

	@Test
	void linesAreRead() {
		ClassHistogram histogram = ClassHistogram.parse(TEXT, this.now, false, 3);
		assertThat(histogram.instances()).isEqualTo(174);
		assertThat(histogram.bytes()).isEqualTo(12_704);
		assertThat(histogram.largest()).containsExactly(
				new ClassHistogram.Entry("byte[]", "java.base@17.0.15", 100, 8000),
				new ClassHistogram.Entry("java.lang.String[][]", "java.base@17.0.15", 50, 4000),
				new ClassHistogram.Entry("shop.Order", "", 20, 640),
				new ClassHistogram.Entry("shop.Order$$Lambda", "", 3, 48),
				new ClassHistogram.Entry("jdk.proxy2.$Proxy", "jdk.proxy2", 1, 16));
		assertThat(histogram.largest()).extracting(ClassHistogram.Entry::packageName)
			.containsExactly("(arrays)", "java.lang", "shop", "shop", "jdk.proxy2");
	}

	@ParameterizedTest
	@CsvSource({ "[I, int[]", "[[J, long[][]", "[Lshop.Order;, shop.Order[]", "shop.Order$Line, shop.Order$Line",
			"<script>alert(1)</script>, <script>alert(1)</script>", "shop.A+0x00000fff, shop.A" })
	void namesAreReadable(String name, String readable) {
		assertThat(ClassHistogram.readable(name)).isEqualTo(readable);
	}

	@Test
	void whatGrewIsFound() {
		ClassHistogram before = ClassHistogram.parse(TEXT, this.now, false, 3);
		ClassHistogram after = ClassHistogram.parse(TEXT.replace("20            640", "120           3840"), this.now,
				false, 3);
		assertThat(ClassHistograms.growth(before, after))
			.containsExactly(new HeapSnapshot.Growth("shop.Order", 100, 3200, 5.0, 120, 3840));
	}

	@Test
	void jvmOfThisTestIsCounted() throws Exception {
		HeapSnapshot snapshot = new ClassHistograms(this.heavy, () -> this.now, System::nanoTime).recent();
		assertThat(snapshot.unavailable()).isNull();
		assertThat(snapshot.live()).isFalse();
		assertThat(snapshot.largest()).hasSizeBetween(100, HeapSnapshot.MAX_SHOWN)
			.anySatisfy((one) -> assertThat(one.name()).isEqualTo("byte[]"));
		assertThat(snapshot.packages()).isNotEmpty().hasSizeLessThanOrEqualTo(HeapSnapshot.MAX_PACKAGES);
		assertThat(snapshot.totalBytes()).isGreaterThan(1_000_000);
	}

	@Test
	void shownAgainUntilTheJvmHasRested() throws Exception {
		Fake jvm = new Fake();
		ClassHistograms histograms = histograms(jvm, 1000);
		histograms.recent();
		this.now = this.now.plusSeconds(49);
		histograms.recent();
		assertThat(jvm.asked).containsExactly(false);
		this.now = this.now.plusSeconds(1);
		histograms.recent();
		assertThat(jvm.asked).containsExactly(false, false);
	}

	@Test
	void comparedWithOneOfTheSameKindThatIsAMinuteOld() throws Exception {
		ClassHistograms histograms = histograms(new Fake(), 1);
		Instant start = this.now;
		for (int i = 0; i < 20; i++) {
			histograms.recent();
			this.now = this.now.plusSeconds(10);
		}
		HeapSnapshot snapshot = histograms.recent();
		assertThat(snapshot.comparedTo()).isEqualTo(start.plusSeconds(140));
		assertThat(histograms.live().comparedTo()).isNull();
	}

	@Test
	void secondOneAtATimeIsRefused() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch leave = new CountDownLatch(1);
		ClassHistograms slow = histograms(new Fake() {

			@Override
			public String histogram(boolean live) {
				entered.countDown();
				await(leave);
				return TEXT;
			}

		}, 1);
		Thread first = new Thread(() -> take(slow));
		first.start();
		entered.await();
		assertThatExceptionOfType(OneAtATime.BusyException.class).isThrownBy(slow::live)
			.withMessageContaining("'class histogram' is being done");
		leave.countDown();
		first.join();
		assertThat(slow.live().live()).isTrue();
	}

	@Test
	void otherJvmsSayWhy() throws Exception {
		ClassHistograms none = histograms(new Fake() {

			@Override
			public String unavailable() {
				return "not here";
			}

		}, 1);
		assertThat(none.recent().unavailable()).isEqualTo("not here");
		assertThat(none.live().unavailable()).isEqualTo("not here");
	}

	private ClassHistograms histograms(Fake jvm, long tookMillis) {
		return new ClassHistograms(jvm, this.heavy, () -> this.now, () -> this.nanos += tookMillis * 1_000_000);
	}

	private static void take(ClassHistograms histograms) {
		try {
			histograms.live();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A JVM that always says the same. */
	private static class Fake implements ClassHistograms.Source {

		private final List<Boolean> asked = new ArrayList<>();

		@Override
		public @Nullable String unavailable() {
			return null;
		}

		@Override
		public String histogram(boolean live) {
			this.asked.add(live);
			return TEXT;
		}

	}

}
