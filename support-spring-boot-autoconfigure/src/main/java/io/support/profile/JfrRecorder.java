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
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import javax.management.JMException;
import javax.management.ObjectName;

import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Records with JDK Flight Recorder, in a recording of its own: those of others go on as
 * they are. The recorder of the JVM is started with the first recording, not before.
 */
final class JfrRecorder implements Recorder {

	private static final int CPU_TIME_JDK = 25;

	/** What a recording may take on disk while it is on. */
	private static final long MAX_DISK = 64L << 20;

	private static final String MAX_ALLOCATION_SAMPLES = "500/s";

	private final ProfilerSettings settings;

	private final FrameNames names;

	/** Whether the depth of stacks is ours. */
	private final AtomicBoolean deepened = new AtomicBoolean();

	JfrRecorder(ProfilerSettings settings) {
		this.settings = settings;
		this.names = new FrameNames(settings.applicationPackages());
	}

	/**
	 * Finds out what this JVM has.
	 * @param settings how to record
	 * @return the recorder, which may be none
	 */
	static Recorder find(ProfilerSettings settings) {
		try {
			Class.forName("jdk.jfr.FlightRecorder", false, JfrRecorder.class.getClassLoader());
			JfrRecorder recorder = new JfrRecorder(settings);
			String unavailable = recorder.unavailable();
			return (unavailable != null) ? new NoRecorder(unavailable) : recorder;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return new NoRecorder("This JVM has no module jdk.jfr; add it to the run-time image (jlink --add-modules"
					+ " jdk.jfr), or use a whole JDK or JRE");
		}
	}

	@Override
	public @Nullable String unavailable() {
		return FlightRecorder.isAvailable() ? null
				: "JDK Flight Recorder is not available in this JVM; look for -XX:-FlightRecorder among its options";
	}

	@Override
	public Source source(ProfileKind kind) {
		return switch (kind) {
			case CPU -> cpuSource();
			case ALLOCATION -> new Source(JfrEvents.ALLOCATION, null);
			case LOCKS -> new Source(JfrEvents.MONITOR + ", " + JfrEvents.PARK,
					"waits shorter than " + this.settings.lockThreshold().toNanos() / 1000 + " \u00B5s");
		};
	}

	private static Source cpuSource() {
		int jdk = Runtime.version().feature();
		String system = System.getProperty("os.name", "unknown");
		boolean linux = system.toLowerCase(Locale.ROOT).startsWith("linux");
		if (jdk >= CPU_TIME_JDK && linux) {
			return new Source(JfrEvents.CPU_TIME, null);
		}
		return new Source(JfrEvents.EXECUTION,
				"native code, and threads beyond the few that are looked at each time: CPU-time samples need JDK "
						+ CPU_TIME_JDK + " or later on Linux, this is JDK " + jdk + " on " + system);
	}

	@Override
	public Session start(Set<ProfileKind> kinds) throws IOException {
		if (!FlightRecorder.isInitialized() && deepenStacks()) {
			this.deepened.set(true);
		}
		Set<String> known = FlightRecorder.getFlightRecorder()
			.getEventTypes()
			.stream()
			.map(EventType::getName)
			.collect(Collectors.toSet());
		Map<ProfileKind, ProfileBuilder> profiles = new EnumMap<>(ProfileKind.class);
		boolean cpuTime = known.contains(JfrEvents.CPU_TIME) && cpuSource().events().equals(JfrEvents.CPU_TIME);
		kinds.forEach((kind) -> profiles.put(kind, builder(kind, cpuTime)));
		Recording recording = new Recording();
		try {
			recording.setName("SuPPort profiler");
			recording.setMaxSize(MAX_DISK);
			kinds.forEach((kind) -> enable(recording, kind, cpuTime, known));
			JfrSession session = new JfrSession(recording, profiles, this.names, !this.deepened.get(),
					this.settings.maxRecordingBytes());
			session.start();
			return session;
		}
		catch (RuntimeException ex) {
			recording.close();
			throw ex;
		}
	}

	/*
	 * Stacks of 64 frames, the JVM's default, end in the middle of any reactive chain.
	 * The depth can be set until the recorder has been started once.
	 */
	private boolean deepenStacks() {
		try {
			ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "jfrConfigure",
						new Object[] { new String[] { "stackdepth=" + this.settings.maxStackDepth() } },
						new String[] { String[].class.getName() });
			return true;
		}
		catch (JMException | RuntimeException ex) {
			return false;
		}
	}

	private ProfileBuilder builder(ProfileKind kind, boolean cpuTime) {
		ProfileUnit unit = switch (kind) {
			case CPU -> cpuTime ? ProfileUnit.NANOS : ProfileUnit.SAMPLES;
			case ALLOCATION -> ProfileUnit.BYTES;
			case LOCKS -> ProfileUnit.NANOS;
		};
		Source source = source(kind);
		String events = (kind != ProfileKind.CPU) ? source.events()
				: cpuTime ? JfrEvents.CPU_TIME : JfrEvents.EXECUTION;
		ProfileBuilder builder = new ProfileBuilder(kind, events, unit, this.settings.maxFrames());
		if (source.missing() != null) {
			builder.remark("Not seen: " + source.missing());
		}
		return builder;
	}

	private void enable(Recording recording, ProfileKind kind, boolean cpuTime, Set<String> known) {
		Duration interval = this.settings.cpuInterval();
		switch (kind) {
			case CPU -> {
				if (cpuTime) {
					recording.enable(JfrEvents.CPU_TIME).with("throttle", interval.toNanos() + "ns").withStackTrace();
					recording.enable(JfrEvents.CPU_TIME_LOST);
				}
				else {
					recording.enable(JfrEvents.EXECUTION).withPeriod(interval).withStackTrace();
				}
			}
			case ALLOCATION ->
				recording.enable(JfrEvents.ALLOCATION).with("throttle", MAX_ALLOCATION_SAMPLES).withStackTrace();
			case LOCKS -> {
				for (String event : new String[] { JfrEvents.MONITOR, JfrEvents.PARK, JfrEvents.PINNED }) {
					if (known.contains(event)) {
						recording.enable(event).withThreshold(this.settings.lockThreshold()).withStackTrace();
					}
				}
			}
		}
	}

}
