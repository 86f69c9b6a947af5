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

package io.support.profile;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Profiler}: its runs and what it keeps.
 */
class ProfilerTests {

	private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

	private static final Set<ProfileKind> CPU = EnumSet.of(ProfileKind.CPU);

	private static final Duration LONG = Duration.ofSeconds(60);

	private final AtomicLong nanos = new AtomicLong();

	private final FakeRecorder recorder = new FakeRecorder();

	private final Profiler profiler = new Profiler(settings(4, 2_500), this.recorder, Clock.fixed(NOW, ZoneOffset.UTC),
			this.nanos::get);

	@AfterEach
	void close() {
		this.profiler.close();
	}

	@Test
	void runIsIdleThenRunningThenFinished() {
		assertThat(this.profiler.snapshot()).containsEntry("state", "idle").containsEntry("running", null);
		assertThat(this.profiler.start(EnumSet.of(ProfileKind.LOCKS, ProfileKind.CPU), LONG)).containsExactly("cpu-1",
				"locks-1");
		await(() -> this.recorder.started.get() == 1);
		assertThat(this.profiler.snapshot()).containsEntry("state", "running");
		assertThat(String.valueOf(this.profiler.snapshot().get("running"))).contains("cpu, locks",
				"remainingSeconds=60");
		this.nanos.addAndGet(Duration.ofMillis(12_500).toNanos());
		assertThat(String.valueOf(this.profiler.snapshot().get("running"))).contains("remainingSeconds=48");
		assertThat(this.profiler.stop()).containsExactly("cpu-1", "locks-1");
		awaitState("finished");
		assertThat(this.profiler.profile("cpu-1").orElseThrow().facts()).containsEntry("startedAt", NOW)
			.containsEntry("recordedNanos", 12_500_000_000L)
			.containsEntry("samples", 1L);
		assertThat(this.profiler.profile("locks-1")).isPresent();
		assertThat(this.profiler.profile("allocation-1")).isEmpty();
		assertThat(this.recorder.closed).hasValue(1);
		assertThat(this.profiler.stop()).isEmpty();
	}

	@Test
	void runEndsByItself() {
		this.profiler.start(CPU, Duration.ofSeconds(1));
		awaitState("finished");
		assertThat(this.recorder.stopped).hasValue(1);
	}

	@Test
	void secondStartIsRefusedWithTheTimeThatRemains() {
		this.profiler.start(CPU, LONG);
		await(() -> this.recorder.started.get() == 1);
		this.nanos.addAndGet(Duration.ofSeconds(50).toNanos());
		assertThatExceptionOfType(ProfilerBusyException.class).isThrownBy(() -> this.profiler.start(CPU, LONG))
			.withMessage("Run cpu-1 is on and will record for 10 s more; there is one at a time: stop it or wait")
			.satisfies((ex) -> assertThat(ex.remaining()).isEqualTo(Duration.ofSeconds(10)));
		this.profiler.stop();
		awaitState("finished");
		assertThat(this.profiler.start(CPU, LONG)).containsExactly("cpu-2");
	}

	@Test
	void runThatFailsSaysWhyAndTheNextIsNotHarmed() {
		this.recorder.failure = new IOException("No space left on device");
		this.profiler.start(CPU, LONG);
		awaitState("failed");
		assertThat(String.valueOf(this.profiler.snapshot().get("failure"))).contains("No space left on device",
				"cpu-1");
		this.recorder.failure = null;
		this.profiler.start(CPU, LONG);
		assertThat(this.profiler.snapshot()).containsEntry("failure", null);
		this.profiler.stop();
		awaitState("finished");
	}

	@Test
	void errorWhileReadingIsAFailureToo() {
		this.recorder.readFailure = new NoClassDefFoundError("jdk/jfr/consumer/RecordingFile");
		this.profiler.start(CPU, Duration.ofSeconds(1));
		awaitState("failed");
		assertThat(this.recorder.closed).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 0, 999, 60_001, Long.MAX_VALUE / 2 })
	void durationIsBounded(long millis) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.profiler.start(CPU, Duration.ofMillis(millis)))
			.withMessageContaining("from 1 s to 60 s (support.profile.max-duration), was: ");
		assertThatIllegalArgumentException().isThrownBy(() -> this.profiler.start(Set.of(), LONG));
		assertThat(this.profiler.snapshot()).containsEntry("state", "idle");
	}

	@Test
	void oldestResultsAndRecordingsGoFirst() {
		for (int i = 1; i <= 6; i++) {
			this.profiler.start(CPU, LONG);
			this.profiler.stop();
			awaitState("finished");
		}
		assertThat(ids()).containsExactly("cpu-6", "cpu-5", "cpu-4", "cpu-3");
		assertThat(this.profiler.snapshot()).containsEntry("forgotten", 2L).containsEntry("runs", 6L);
		assertThat(this.profiler.profile("cpu-2")).isEmpty();
		assertThat(this.profiler.recording("cpu-6")).hasValueSatisfying((bytes) -> assertThat(bytes).hasSize(1_000));
		assertThat(this.profiler.recording("cpu-5")).isPresent();
		assertThat(this.profiler.recording("cpu-4")).as("together more than 2,500 bytes").isEmpty();
		this.profiler.start(EnumSet.allOf(ProfileKind.class), LONG);
		this.profiler.stop();
		awaitState("finished");
		assertThat(ids()).containsExactly("locks-7", "allocation-7", "cpu-7", "cpu-6");
		assertThat(this.profiler.recording("cpu-7")).get().isSameAs(this.profiler.recording("locks-7").orElseThrow());
		assertThat(this.profiler.recording("cpu-6")).as("one recording for three results").isPresent();
	}

	@Test
	void closeEndsTheRunAndLetsNoOtherBegin() {
		this.profiler.start(CPU, LONG);
		await(() -> this.recorder.started.get() == 1);
		this.profiler.close();
		assertThat(this.recorder.closed).hasValue(1);
		assertThat(this.profiler.snapshot()).containsEntry("state", "failed");
		assertThatIllegalStateException().isThrownBy(() -> this.profiler.start(CPU, LONG))
			.withMessageContaining("closed");
	}

	@Test
	void jvmWithoutRecorderIsSaidToHaveNone() {
		try (Profiler none = new Profiler(settings(4, 0), new NoRecorder("No jdk.jfr"), Clock.systemUTC(), () -> 0)) {
			assertThat(none.unavailable()).isEqualTo("No jdk.jfr");
			assertThat(none.snapshot()).containsEntry("state", "idle").containsEntry("unavailable", "No jdk.jfr");
			assertThatIllegalStateException().isThrownBy(() -> none.start(CPU, LONG)).withMessage("No jdk.jfr");
			assertThat(none.stop()).isEmpty();
		}
	}

	private List<Object> ids() {
		return ((List<?>) this.profiler.snapshot().get("results")).stream()
			.<Object>map((row) -> ((Map<?, ?>) row).get("id"))
			.toList();
	}

	private void awaitState(String state) {
		await(() -> state.equals(this.profiler.snapshot().get("state")));
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition);
	}

	static ProfilerSettings settings(int maxResults, long maxRecordingBytes) {
		return new ProfilerSettings(Duration.ofSeconds(10), LONG, Duration.ofMillis(10), Duration.ofMillis(1), 256,
				50_000, maxResults, maxRecordingBytes, List.of("io.support"));
	}

	/** Records nothing, and has one sample of it. */
	private static final class FakeRecorder implements Recorder {

		private final AtomicInteger started = new AtomicInteger();

		private final AtomicInteger stopped = new AtomicInteger();

		private final AtomicInteger closed = new AtomicInteger();

		private volatile @Nullable IOException failure;

		private volatile @Nullable Error readFailure;

		@Override
		public @Nullable String unavailable() {
			return null;
		}

		@Override
		public Source source(ProfileKind kind) {
			return new Source("fake", null);
		}

		@Override
		public Session start(Set<ProfileKind> kinds) throws IOException {
			if (this.failure != null) {
				throw this.failure;
			}
			List<ProfileBuilder> profiles = kinds.stream()
				.sorted()
				.map((kind) -> new ProfileBuilder(kind, "fake", ProfileUnit.SAMPLES, 100))
				.toList();
			profiles.forEach((profile) -> profile.add(StackTreeBuilderTests.stack("t", "a"), 1));
			FakeRecorder fake = this;
			Session session = new Session() {

				@Override
				public void stop() {
					fake.stopped.incrementAndGet();
				}

				@Override
				public Recorded read() {
					if (fake.readFailure != null) {
						throw fake.readFailure;
					}
					return new Recorded(profiles, new byte[1_000]);
				}

				@Override
				public void close() {
					fake.closed.incrementAndGet();
				}

			};
			this.started.incrementAndGet();
			return session;
		}

	}

}
