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

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;

import jdk.jfr.FlightRecorder;
import org.awaitility.Awaitility;

/**
 * A process that profiles itself, and says what came of it.
 */
public final class ProfilerProcess {

	/** Runs 150 frames deep. */
	static final String DEEP = "deep";

	/** The same, where somebody has started the recorder before. */
	static final String DEEP_AND_STARTED = "deep-and-started";

	/** Is in a JVM without the recorder. */
	static final String WITHOUT = "without";

	private ProfilerProcess() {
	}

	/**
	 * Does what the argument says.
	 * @param arguments one of the constants of this class
	 */
	public static void main(String[] arguments) {
		try (Profiler profiler = new Profiler(ProfilerTests.settings(9, 0), Clock.systemUTC(), System::nanoTime)) {
			System.out
				.println(arguments[0].equals(WITHOUT) ? profiler.snapshot().get("state") + ": " + profiler.unavailable()
						: deep(profiler, arguments[0].equals(DEEP_AND_STARTED)));
		}
	}

	private static String deep(Profiler profiler, boolean started) {
		if (started) {
			FlightRecorder.getFlightRecorder();
		}
		try (Workload workload = new Workload()) {
			workload.burnDeep("deep", 150);
			profiler.start(EnumSet.of(ProfileKind.CPU), Duration.ofSeconds(2));
			Awaitility.await()
				.atMost(Duration.ofSeconds(40))
				.until(() -> "finished".equals(profiler.snapshot().get("state")));
			Profile profile = profiler.profile("cpu-1").orElseThrow();
			return "truncated=" + profile.facts().get("truncated") + " " + profile.facts().get("remarks")
					+ (profile.collapsed().contains("[truncated]") ? " [truncated]" : "");
		}
	}

}
