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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Profiles this process for some seconds at a time, with JDK Flight Recorder and without
 * an agent, and keeps the last results. It costs nothing while it is idle.
 * <p>
 * There is one run at a time, on a daemon thread of its own; {@link #start start} and
 * {@link #stop} return at once. Recordings of others go on as they are. Where the JVM has
 * no recorder, {@link #unavailable} says why, and everything else works as if nothing had
 * ever been started. Thread-safe.
 */
public final class Profiler implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Profiler.class);

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private static final long CLOSE_MILLIS = 5_000;

	private final ProfilerSettings settings;

	private final Recorder recorder;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private final ProfileResults results;

	private final Object lock = new Object();

	private State state = State.IDLE;

	private long runs;

	private boolean closed;

	private @Nullable Run run;

	private ProfilerFacts.@Nullable Failure failure;

	/**
	 * Creates a profiler of this process, and starts nothing.
	 * @param settings how to profile
	 * @param clock tells when runs are started
	 * @param nanoTime tells how long they take, in nanoseconds
	 */
	public Profiler(ProfilerSettings settings, Clock clock, LongSupplier nanoTime) {
		this(settings, JfrRecorder.find(settings), clock, nanoTime);
	}

	Profiler(ProfilerSettings settings, Recorder recorder, Clock clock, LongSupplier nanoTime) {
		this.settings = settings;
		this.recorder = recorder;
		this.clock = clock;
		this.nanoTime = nanoTime;
		this.results = new ProfileResults(settings.maxResults(), settings.maxRecordingBytes());
	}

	/**
	 * Returns why this JVM cannot be profiled.
	 * @return the reason and what to do, or {@code null} if it can
	 */
	public @Nullable String unavailable() {
		return this.recorder.unavailable();
	}

	/**
	 * Returns how the process is profiled.
	 * @return the settings
	 */
	public ProfilerSettings settings() {
		return this.settings;
	}

	/**
	 * Begins to record.
	 * @param kinds what is looked for, at least one
	 * @param duration how long, from one second to {@link ProfilerSettings#maxDuration()}
	 * @return the ids that the results will have, in the order of the kinds
	 * @throws IllegalArgumentException if there is no kind, or the duration is out of
	 * bounds
	 * @throws ProfilerBusyException if a run is on
	 * @throws IllegalStateException if this JVM cannot be profiled, or the profiler is
	 * closed
	 */
	public List<String> start(Set<ProfileKind> kinds, Duration duration) {
		if (kinds.isEmpty()) {
			throw new IllegalArgumentException("There must be something to look for");
		}
		if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(this.settings.maxDuration()) > 0) {
			throw new IllegalArgumentException("A run must take from 1 s to " + this.settings.maxDuration().toSeconds()
					+ " s (support.profile.max-duration), was: " + duration.toMillis() / 1000.0 + " s");
		}
		String unavailable = unavailable();
		if (unavailable != null) {
			throw new IllegalStateException(unavailable);
		}
		synchronized (this.lock) {
			if (this.closed) {
				throw new IllegalStateException("The profiler is closed, as its application is");
			}
			Run current = this.run;
			if (current != null) {
				throw new ProfilerBusyException(current.busy(), current.remaining());
			}
			Run next = new Run(++this.runs, kinds.stream().sorted().toList(), duration);
			this.run = next;
			this.state = State.RUNNING;
			this.failure = null;
			next.thread.start();
			return next.ids();
		}
	}

	/**
	 * Ends the recording that is on before its time; what it has so far will be a result.
	 * @return the ids that the results will have; empty if there is no recording
	 */
	public List<String> stop() {
		synchronized (this.lock) {
			if (this.run == null) {
				return List.of();
			}
			this.run.stop.countDown();
			return this.run.ids();
		}
	}

	/**
	 * Returns a result.
	 * @param id what it is called
	 * @return the result, or empty if there is none, or it is no longer kept
	 */
	public Optional<Profile> profile(String id) {
		synchronized (this.lock) {
			return this.results.find(id).map(ProfileResults.Kept::profile);
		}
	}

	/**
	 * Returns the recording that a result was made of.
	 * @param id what the result is called
	 * @return the content of a {@code .jfr} file, not to be changed, or empty if there is
	 * none
	 */
	public Optional<byte[]> recording(String id) {
		synchronized (this.lock) {
			return this.results.find(id).map(ProfileResults.Kept::recording);
		}
	}

	/**
	 * Returns the state for a page: what is going on, what can be recorded, and the last
	 * results. Numbers have their units at the ends of their names.
	 * @return maps, lists, texts, times and numbers
	 */
	public Map<String, @Nullable Object> snapshot() {
		Map<String, @Nullable Object> snapshot = new LinkedHashMap<>();
		synchronized (this.lock) {
			snapshot.put("state", this.state.name().toLowerCase(Locale.ROOT));
			snapshot.put("unavailable", unavailable());
			snapshot.put("runs", this.runs);
			snapshot.put("forgotten", this.results.forgotten());
			snapshot.put("running", (this.run != null) ? this.run.facts() : null);
			snapshot.put("failure", this.failure);
			List<Map<String, Object>> rows = this.results.rows();
			if (!rows.isEmpty()) {
				snapshot.put("details", "results.id");
			}
			snapshot.put("results", rows);
		}
		List<ProfilerFacts.KindFacts> kinds = new ArrayList<>();
		for (ProfileKind kind : ProfileKind.values()) {
			Recorder.Source source = this.recorder.source(kind);
			kinds.add(new ProfilerFacts.KindFacts(kind.externalName(), source.events(), source.missing()));
		}
		snapshot.put("kinds", kinds);
		snapshot.put("limits", ProfilerFacts.Limits.of(this.settings));
		return snapshot;
	}

	/**
	 * Ends the recording that is on, whose result is lost, and lets no other begin.
	 */
	@Override
	public void close() {
		Run current;
		synchronized (this.lock) {
			this.closed = true;
			current = this.run;
		}
		if (current != null) {
			current.stop.countDown();
			try {
				current.thread.join(CLOSE_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private boolean isClosed() {
		synchronized (this.lock) {
			return this.closed;
		}
	}

	/**
	 * What became of the last run.
	 */
	private enum State {

		IDLE, RUNNING, FINISHED, FAILED

	}

	/**
	 * One run, from its start to its results.
	 */
	private final class Run implements Runnable {

		private final long number;

		private final List<ProfileKind> kinds;

		private final Duration duration;

		private final CountDownLatch stop = new CountDownLatch(1);

		private final Thread thread = new Thread(this, "support-profile");

		private final Instant startedAt = Profiler.this.clock.instant();

		/** When recording began, which the first time takes a moment. */
		private volatile long startedNanos = Profiler.this.nanoTime.getAsLong();

		private long recordedNanos;

		Run(long number, List<ProfileKind> kinds, Duration duration) {
			this.number = number;
			this.kinds = kinds;
			this.duration = duration;
			this.thread.setDaemon(true);
			// A servlet container warns of threads that have inherited its class loader.
			this.thread.setContextClassLoader(Profiler.class.getClassLoader());
		}

		List<String> ids() {
			return this.kinds.stream().map(this::id).toList();
		}

		private String id(ProfileKind kind) {
			return kind.externalName() + '-' + this.number;
		}

		Duration remaining() {
			long nanos = this.duration.toNanos() - sinceStart();
			return Duration.ofNanos((this.stop.getCount() > 0) ? Math.max(0, nanos) : 0);
		}

		private long sinceStart() {
			return Profiler.this.nanoTime.getAsLong() - this.startedNanos;
		}

		private long remainingSeconds() {
			return remaining().plusSeconds(1).minusNanos(1).toSeconds();
		}

		String busy() {
			return "Run " + String.join(", ", ids()) + " is on and will record for " + remainingSeconds()
					+ " s more; there is one at a time: stop it or wait";
		}

		ProfilerFacts.Running facts() {
			return new ProfilerFacts.Running(
					this.kinds.stream().map(ProfileKind::externalName).collect(Collectors.joining(", ")),
					this.startedAt, this.duration.toSeconds(), remainingSeconds());
		}

		@Override
		public void run() {
			try {
				Recorder.Recorded recorded = record();
				if (recorded != null) {
					finish(recorded.profiles()
						.stream()
						.map((profile) -> profile.build(id(profile.kind()), this.startedAt, this.recordedNanos))
						.toList(), recorded.file());
				}
				else {
					fail("The application was closed");
				}
			}
			catch (Exception | Error ex) {
				// Whatever it was, the next run must be able to begin.
				logger.warn("Run " + String.join(", ", ids()) + " of the profiler failed", ex);
				fail(ex.toString());
			}
		}

		/*
		 * The recording is gone when this returns, before anybody hears of the result.
		 */
		private Recorder.@Nullable Recorded record() throws IOException, InterruptedException {
			try (Recorder.Session session = Profiler.this.recorder.start(Set.copyOf(this.kinds))) {
				this.startedNanos = Profiler.this.nanoTime.getAsLong();
				this.stop.await(this.duration.toNanos(), TimeUnit.NANOSECONDS);
				this.recordedNanos = sinceStart();
				this.stop.countDown();
				session.stop();
				return isClosed() ? null : session.read();
			}
		}

		private void finish(List<Profile> profiles, byte @Nullable [] recording) {
			synchronized (Profiler.this.lock) {
				Profiler.this.results.add(profiles, recording);
				Profiler.this.state = State.FINISHED;
				Profiler.this.run = null;
			}
		}

		private void fail(String message) {
			synchronized (Profiler.this.lock) {
				Profiler.this.failure = new ProfilerFacts.Failure(String.join(", ", ids()),
						Profiler.this.clock.instant(), message);
				Profiler.this.state = State.FAILED;
				Profiler.this.run = null;
			}
		}

	}

}
