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

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/**
 * Sorts events of JDK Flight Recorder into profiles. For one thread.
 */
final class JfrEvents {

	static final String CPU_TIME = "jdk.CPUTimeSample";

	static final String CPU_TIME_LOST = "jdk.CPUTimeSamplesLost";

	static final String EXECUTION = "jdk.ExecutionSample";

	static final String ALLOCATION = "jdk.ObjectAllocationSample";

	static final String MONITOR = "jdk.JavaMonitorEnter";

	static final String PARK = "jdk.ThreadPark";

	static final String PINNED = "jdk.VirtualThreadPinned";

	/** A file has many stacks and few methods; this many are remembered. */
	private static final int MAX_METHODS = 100_000;

	private static final String UNKNOWN = "unknown";

	private final Map<ProfileKind, ProfileBuilder> profiles;

	private final FrameNames names;

	private final String cpuEvent;

	/** The thread that records and reads is not looked at. */
	private final long reader;

	private final IdentityHashMap<RecordedMethod, Frame> methods = new IdentityHashMap<>();

	private final List<Frame> path = new ArrayList<>();

	JfrEvents(Map<ProfileKind, ProfileBuilder> profiles, FrameNames names, String cpuEvent, long reader) {
		this.profiles = profiles;
		this.names = names;
		this.cpuEvent = cpuEvent;
		this.reader = reader;
	}

	/**
	 * Takes an event. Others than those that were asked for may come, when somebody else
	 * records too.
	 * @param event the event
	 */
	void accept(RecordedEvent event) {
		String name = event.getEventType().getName();
		switch (name) {
			case CPU_TIME, EXECUTION -> {
				ProfileBuilder profile = this.profiles.get(ProfileKind.CPU);
				if (profile != null && name.equals(this.cpuEvent)) {
					cpu(profile, event, name.equals(CPU_TIME));
				}
			}
			case CPU_TIME_LOST -> {
				ProfileBuilder profile = this.profiles.get(ProfileKind.CPU);
				if (profile != null) {
					profile.aside("lost", event.getInt("lostSamples"));
				}
			}
			case ALLOCATION -> {
				ProfileBuilder profile = this.profiles.get(ProfileKind.ALLOCATION);
				if (profile != null) {
					allocation(profile, event);
				}
			}
			case MONITOR, PARK, PINNED -> {
				ProfileBuilder profile = this.profiles.get(ProfileKind.LOCKS);
				if (profile != null) {
					waited(profile, event, name);
				}
			}
			default -> {
				// Somebody else's.
			}
		}
	}

	private void cpu(ProfileBuilder profile, RecordedEvent event, boolean time) {
		RecordedThread thread = event.getThread(time ? "eventThread" : "sampledThread");
		long weight = time ? event.getDuration("samplingPeriod").toNanos() : 1;
		if (begin(thread) && stack(profile, event.getStackTrace())) {
			line(profile, event.getStackTrace(), weight);
			profile.add(this.path, weight);
		}
		else if (!this.path.isEmpty()) {
			this.path.add(Frame.NO_STACK);
			profile.add(this.path, weight);
		}
	}

	private void allocation(ProfileBuilder profile, RecordedEvent event) {
		if (!begin(event.getThread("eventThread"))) {
			return;
		}
		if (!stack(profile, event.getStackTrace())) {
			this.path.add(Frame.NO_STACK);
		}
		long weight = event.getLong("weight");
		String type = type(event.getClass("objectClass"));
		this.path.add(new Frame(type, FrameKind.TYPE));
		profile.type(type, weight, null);
		profile.add(this.path, weight);
	}

	private void waited(ProfileBuilder profile, RecordedEvent event, String name) {
		if (!begin(event.getThread("eventThread"))) {
			return;
		}
		boolean known = stack(profile, event.getStackTrace());
		long nanos = event.getDuration().toNanos();
		if (name.equals(PARK) && IdleParks.isIdle(this.path.subList(1, this.path.size()))) {
			profile.aside("idleWaits", 1);
			profile.aside("idleNanos", nanos);
			return;
		}
		// Who waits, and not the insides of what it waits with.
		while (this.path.size() > 2 && this.path.get(this.path.size() - 1).kind() == FrameKind.JDK) {
			this.path.remove(this.path.size() - 1);
		}
		if (!known) {
			this.path.add(Frame.NO_STACK);
		}
		if (name.equals(PINNED)) {
			String reason = event.hasField("pinnedReason") ? event.getString("pinnedReason") : null;
			profile.pinned(this.path.get(this.path.size() - 1).name(), nanos, reason);
			return;
		}
		boolean monitor = name.equals(MONITOR);
		String type = type(event.getClass(monitor ? "monitorClass" : "parkedClass"));
		this.path.add(new Frame(type, FrameKind.TYPE));
		RecordedThread owner = monitor ? event.getThread("previousOwner") : null;
		profile.type(type, nanos, (owner != null) ? owner.getJavaName() : null);
		profile.add(this.path, nanos);
	}

	/*
	 * Whether the thread is one to be looked at; if so it is the beginning of the path.
	 */
	private boolean begin(@Nullable RecordedThread thread) {
		this.path.clear();
		if (thread == null) {
			this.path.add(new Frame(UNKNOWN, FrameKind.THREAD));
			return true;
		}
		if (thread.getJavaThreadId() == this.reader) {
			return false;
		}
		boolean virtual = thread.hasField("virtual") && thread.getBoolean("virtual");
		String name = thread.getJavaName();
		this.path.add(this.names.threads((name != null) ? name : thread.getOSName(), virtual));
		return true;
	}

	private boolean stack(ProfileBuilder profile, @Nullable RecordedStackTrace stack) {
		if (stack == null || stack.getFrames().isEmpty()) {
			return false;
		}
		if (stack.isTruncated()) {
			profile.truncated();
			this.path.add(Frame.TRUNCATED);
		}
		List<RecordedFrame> frames = stack.getFrames();
		for (int i = frames.size() - 1; i >= 0; i--) {
			this.path.add(method(frames.get(i).getMethod()));
		}
		return true;
	}

	private Frame method(@Nullable RecordedMethod method) {
		if (method == null) {
			return Frame.NO_STACK;
		}
		if (this.methods.size() > MAX_METHODS) {
			this.methods.clear();
		}
		return this.methods.computeIfAbsent(method,
				(key) -> this.names.method((key.getType() != null) ? key.getType().getName() : UNKNOWN, key.getName()));
	}

	private void line(ProfileBuilder profile, @Nullable RecordedStackTrace stack, long weight) {
		int line = (stack != null) ? stack.getFrames().get(0).getLineNumber() : -1;
		if (line > 0) {
			profile.line(this.path.get(this.path.size() - 1), line, weight);
		}
	}

	private static String type(@Nullable RecordedClass type) {
		return (type != null) ? FrameNames.type(type.getName()) : UNKNOWN;
	}

}
