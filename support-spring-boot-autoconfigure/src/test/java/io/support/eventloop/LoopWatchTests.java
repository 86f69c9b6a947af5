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

package io.support.eventloop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.support.eventloop.EventLoopStall.Kind;
import io.support.eventloop.StallSamples.Sample;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoopWatch}, in virtual time.
 */
class LoopWatchTests {

	private static final StackTraceElement JDK = new StackTraceElement("java.util.Stack", "push", "Stack.java", 7);

	private static final StackTraceElement LOAD = new StackTraceElement("com.example.Dao", "load", "Dao.java", 42);

	private static final StackTraceElement STORE = new StackTraceElement("com.example.Dao", "store", "Dao.java", 77);

	private static final StackTraceElement NETTY = new StackTraceElement("io.netty.channel.Channel", "read", null, 1);

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private long now;

	private final FakeLoop loop = new FakeLoop();

	private final Recorder recorder = new Recorder();

	private final LoopWatch watch = new LoopWatch(this.loop, new EventLoopSettings(millis(20), millis(150), millis(10)),
			() -> this.now, Clock.fixed(START, ZoneOffset.UTC), this.recorder);

	@Test
	void oneProbeIsOutstandingAtATime() {
		tickUntil(100);
		assertThat(this.loop.probes).hasSize(1);
		this.loop.runProbes();
		tickUntil(110);
		assertThat(this.loop.probes).hasSize(1);
	}

	@Test
	void loopIsProbedAtTheInterval() {
		this.loop.prompt = true;
		tickUntil(1000);
		assertThat(this.recorder.delays).hasSize(50).containsOnly(0L);
	}

	@Test
	void delayIsTheAgeOfTheProbeAndThenRecorded() {
		this.watch.tick(this.now, 0);
		this.now = millis(70);
		assertThat(this.watch.currentDelayNanos(this.now)).isEqualTo(millis(70));
		this.loop.runProbes();
		assertThat(this.watch.currentDelayNanos(this.now)).isZero();
		this.now = millis(80);
		this.watch.tick(this.now, 0);
		assertThat(this.recorder.delays).containsExactly(millis(70));
		assertThat(this.recorder.ended).isEmpty();
	}

	@Test
	void stalledLoopIsSampledFromTheThresholdOnAndReportedWhenItIsOver() {
		this.loop.shows(Thread.State.WAITING, JDK, LOAD, NETTY);
		tickUntil(140);
		assertThat(this.loop.samples).isZero();
		tickUntil(400);
		assertThat(this.loop.samples).isEqualTo(26);
		assertThat(this.recorder.ended).isEmpty();
		this.loop.runProbes();
		tickUntil(420);
		assertThat(this.recorder.ended).containsExactly(new EventLoopStall("loop-1", Kind.BLOCKED, millis(400), 26,
				LOAD, 26, List.of(JDK, LOAD, NETTY), "GET /orders", START.minusMillis(400)));
		assertThat(this.recorder.delays).containsExactly(millis(400));
	}

	@Test
	void loopThatComesBackBeforeTheThresholdIsNotStalled() {
		tickUntil(140);
		this.loop.runProbes();
		this.loop.prompt = true;
		tickUntil(300);
		assertThat(this.loop.samples).isZero();
		assertThat(this.recorder.ended).isEmpty();
		assertThat(this.recorder.delays).startsWith(millis(140), 0L);
	}

	@Test
	void pauseOfTheWatcherIsNotHeldAgainstTheLoop() {
		this.watch.tick(this.now, 0);
		for (int i = 0; i < 10; i++) {
			this.now += millis(510);
			this.watch.tick(this.now, millis(500));
		}
		assertThat(this.loop.samples).isZero();
		this.loop.runProbes();
		this.watch.tick(this.now, 0);
		assertThat(this.recorder.ended).isEmpty();
		assertThat(this.recorder.delays).containsExactly(millis(5100));
	}

	@Test
	void whatIsLeftWithoutThePauseIsAStall() {
		this.watch.tick(this.now, 0);
		this.now += millis(500);
		this.watch.tick(this.now, millis(490));
		tickUntil(700);
		this.loop.runProbes();
		tickUntil(710);
		assertThat(this.recorder.ended).singleElement()
			.satisfies((stall) -> assertThat(stall.durationNanos()).isEqualTo(millis(210)));
	}

	@Test
	void computingLoopIsToldFromOneThatHasNoProcessorAndOneThatWaitsInNativeCode() {
		this.loop.shows(Thread.State.RUNNABLE, LOAD);
		assertThat(stall(0.9).kind()).isEqualTo(Kind.CPU);
		assertThat(stall(0.1).kind()).isEqualTo(Kind.STARVED);
		this.loop.shows(Thread.State.RUNNABLE, new StackTraceElement("java.io.FileInputStream", "read", null, -2),
				LOAD);
		assertThat(stall(0.1).kind()).isEqualTo(Kind.BLOCKED);
		assertThat(stall(0.9).kind()).isEqualTo(Kind.CPU);
		this.loop.shows(Thread.State.BLOCKED, LOAD);
		assertThat(stall(0.1).kind()).isEqualTo(Kind.BLOCKED);
	}

	@Test
	void dominantFrameIsTheApplicationsInMostSamples() {
		this.loop.shows(Thread.State.WAITING, LOAD, NETTY);
		tickUntil(190);
		this.loop.shows(Thread.State.WAITING, JDK, STORE, NETTY);
		tickUntil(220);
		this.loop.shows(Thread.State.WAITING, STORE, NETTY);
		tickUntil(250);
		this.loop.runProbes();
		tickUntil(260);
		EventLoopStall stall = this.recorder.ended.get(0);
		assertThat(stall.dominantFrame()).isEqualTo(STORE);
		assertThat(stall.dominantSamples()).isEqualTo(6);
		assertThat(stall.samples()).isEqualTo(11);
		assertThat(stall.stack()).contains(STORE).doesNotContain(LOAD);
	}

	@Test
	void dominantFrameIsTheTopWhereNoneIsTheApplications() {
		this.loop.shows(Thread.State.WAITING, JDK, NETTY);
		assertThat(stall(0).dominantFrame()).isEqualTo(JDK);
	}

	@Test
	void stallThatGoesOnIsToldOnceAndSampledLessOften() {
		this.loop.shows(Thread.State.WAITING, LOAD);
		tickUntil(990);
		assertThat(this.recorder.goingOn).isEmpty();
		tickUntil(1000);
		int samples = this.loop.samples;
		tickUntil(5000);
		assertThat(this.recorder.goingOn).singleElement()
			.satisfies((stall) -> assertThat(stall.durationNanos()).isEqualTo(millis(1000)));
		assertThat(this.loop.samples - samples).isBetween(39, 41);
		this.loop.runProbes();
		tickUntil(5020);
		assertThat(this.recorder.ended).hasSize(1);
	}

	@Test
	void loopWhoseThreadIsNotKnownYetIsNotBlamed() {
		this.loop.sample = null;
		tickUntil(500);
		this.loop.runProbes();
		tickUntil(520);
		assertThat(this.recorder.delays).startsWith(millis(500));
		assertThat(this.recorder.ended).isEmpty();
	}

	@Test
	void watchEndsWithItsLoop() {
		assertThat(this.watch.tick(this.now, 0)).isTrue();
		this.loop.gone = true;
		assertThat(this.watch.tick(millis(20), 0)).isFalse();
	}

	@Test
	void probeThatIsRefusedIsSentAgain() {
		this.loop.full = true;
		tickUntil(500);
		assertThat(this.loop.samples).isZero();
		this.loop.full = false;
		tickUntil(520);
		assertThat(this.loop.probes).hasSize(1);
	}

	@Test
	void nextTickIsWhenThereIsSomethingToDo() {
		assertThat(this.watch.waitNanos(this.now)).isEqualTo(millis(20));
		this.watch.tick(this.now, 0);
		assertThat(this.watch.waitNanos(this.now)).isEqualTo(millis(20));
		assertThat(this.watch.waitNanos(millis(145))).isEqualTo(millis(5));
		assertThat(this.watch.waitNanos(millis(150))).isEqualTo(millis(10));
		this.now = millis(150);
		this.watch.tick(this.now, 0);
		assertThat(this.watch.waitNanos(this.now)).isEqualTo(millis(10));
	}

	private EventLoopStall stall(double cpuShare) {
		this.recorder.ended.clear();
		long end = this.now + millis(300);
		while (this.now < end) {
			this.watch.tick(this.now, 0);
			this.now += millis(10);
			this.loop.cpuNanos += (long) (cpuShare * millis(10));
		}
		this.loop.runProbes();
		this.watch.tick(this.now, 0);
		return this.recorder.ended.get(0);
	}

	private void tickUntil(long millis) {
		while (true) {
			this.watch.tick(this.now, 0);
			if (this.now >= millis(millis)) {
				return;
			}
			this.now += millis(10);
		}
	}

	private static long millis(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

	/**
	 * A loop that does what a test wants.
	 */
	private static final class FakeLoop implements LoopWatch.Loop {

		private final Deque<Runnable> probes = new ArrayDeque<>();

		private @Nullable Sample sample = new Sample(Thread.State.RUNNABLE, List.of(), null);

		private int samples;

		private long cpuNanos;

		private boolean prompt;

		private boolean gone;

		private boolean full;

		void shows(Thread.State state, StackTraceElement... stack) {
			this.sample = new Sample(state, List.of(stack), "GET /orders");
		}

		void runProbes() {
			@Nullable Runnable probe = this.probes.poll();
			while (probe != null) {
				probe.run();
				probe = this.probes.poll();
			}
		}

		@Override
		public String name() {
			return "loop-1";
		}

		@Override
		public boolean execute(Runnable task) {
			if (this.full) {
				return false;
			}
			this.probes.add(task);
			if (this.prompt) {
				runProbes();
			}
			return true;
		}

		@Override
		public boolean isGone() {
			return this.gone;
		}

		@Override
		public long cpuNanos() {
			return this.cpuNanos;
		}

		@Override
		public @Nullable Sample sample() {
			this.samples++;
			return this.sample;
		}

	}

	/**
	 * Keeps what it is told.
	 */
	private static final class Recorder implements LoopWatch.Listener {

		private final List<Long> delays = new ArrayList<>();

		private final List<EventLoopStall> goingOn = new ArrayList<>();

		private final List<EventLoopStall> ended = new ArrayList<>();

		@Override
		public void delayed(long nanos) {
			this.delays.add(nanos);
		}

		@Override
		public void goesOn(EventLoopStall soFar) {
			this.goingOn.add(soFar);
		}

		@Override
		public void ended(EventLoopStall stall) {
			this.ended.add(stall);
		}

	}

}
