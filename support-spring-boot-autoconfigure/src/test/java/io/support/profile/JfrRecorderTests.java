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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import io.support.testing.JavaProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JfrRecorder} with the real recorder of this JVM.
 */
@Timeout(120)
class JfrRecorderTests {

	private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

	private final Workload workload = new Workload();

	private final Profiler profiler = new Profiler(ProfilerTests.settings(9, 64_000_000), Clock.systemUTC(),
			System::nanoTime);

	@AfterEach
	void close() {
		this.workload.close();
		this.profiler.close();
	}

	@Test
	void hotMethodIsAtTheTop() {
		this.workload.burn("burner-1");
		Profile profile = run(ProfileKind.CPU);
		Map<String, Object> facts = profile.facts();
		boolean time = Runtime.version().feature() >= 25 && System.getProperty("os.name").startsWith("Linux");
		assertThat(facts).containsEntry("source", time ? "jdk.CPUTimeSample" : "jdk.ExecutionSample");
		assertThat(facts.containsKey("remarks")).as("what is not seen is said").isEqualTo(!time);
		Map<?, ?> hottest = rows(facts, "hotspots").get(0);
		assertThat(hottest.get("method")).isEqualTo(Workload.class.getName() + ".hot");
		assertThat(hottest.get("of")).isEqualTo("application");
		assertThat(hottest.get("threads").toString()).startsWith("burner-* 100 %");
		assertThat((Double) hottest.get("selfRatio")).isGreaterThan(0.3);
		assertThat((Double) hottest.get("totalRatio")).isGreaterThanOrEqualTo((Double) hottest.get("selfRatio"));
		assertThat(rows(facts, "threads").get(0).get("thread")).isEqualTo("burner-*");
		assertThat(rows(facts, "lines").get(0).get("method").toString())
			.matches(Workload.class.getName().replace(".", "\\.") + "\\.hot:\\d+");
		if (time) {
			assertThat((Long) rows(facts, "threads").get(0).get("totalNanos"))
				.as("processor time of one thread in two seconds")
				.isBetween(300_000_000L, 2_600_000_000L);
		}
		assertFormats(profile);
	}

	@Test
	void allocatorIsAtTheTop() {
		this.workload.allocate("litterer-1");
		Profile profile = run(ProfileKind.ALLOCATION);
		Map<String, Object> facts = profile.facts();
		// Others in this JVM allocate as well.
		assertThat(rows(facts, "hotspots")).filteredOn((row) -> row.get("threads").toString().startsWith("litterer-*"))
			.first()
			.satisfies((hottest) -> assertThat(hottest.get("method")).isEqualTo(Workload.class.getName() + ".litter"))
			.satisfies((hottest) -> assertThat((Long) hottest.get("selfBytes")).isGreaterThan(1_000_000));
		assertThat(rows(facts, "allocated")).extracting((row) -> row.get("name")).contains("byte[]");
		assertFormats(profile);
		assertThat(profile.collapsed()).contains(Workload.class.getName() + ".litter;byte[] ");
	}

	@Test
	void contendedLocksAreAtTheTopAndIdleThreadsAreNot() {
		this.workload.idle("idle-pool-");
		this.workload.contend("contender-");
		Profile profile = run(ProfileKind.LOCKS);
		Map<String, Object> facts = profile.facts();
		assertThat(rows(facts, "hotspots").subList(0, 2)).extracting((row) -> row.get("method"))
			.containsExactlyInAnyOrder(Workload.class.getName() + ".contendedLock",
					Workload.class.getName() + ".contendedMonitor");
		assertThat(rows(facts, "locks")).extracting((row) -> row.get("name"))
			.contains("java.lang.Object", "java.util.concurrent.locks.ReentrantLock$NonfairSync");
		assertThat(rows(facts, "locks")).filteredOn((row) -> row.get("name").equals("java.lang.Object"))
			.first()
			.satisfies((row) -> assertThat(row.get("heldBy").toString()).startsWith("contender-monitor-"));
		assertThat((Long) facts.get("idleWaits")).isGreaterThan(20);
		assertThat((Long) facts.get("idleNanos")).isGreaterThan(TWO_SECONDS.toNanos());
		assertThat(rows(facts, "threads")).extracting((row) -> row.get("thread")).doesNotContain("idle-pool-");
		assertFormats(profile);
	}

	@Test
	void oneRunRecordsAllKinds() throws IOException {
		this.workload.burn("burner-1");
		this.workload.allocate("litterer-1");
		this.workload.contend("contender-");
		List<String> ids = this.profiler.start(EnumSet.allOf(ProfileKind.class), TWO_SECONDS);
		awaitState("finished");
		assertThat(ids).hasSize(3)
			.allSatisfy((id) -> assertThat((Long) counted(this.profiler.profile(id).orElseThrow())).isPositive());
		Path file = Files.createTempFile("kept", ".jfr");
		try {
			Files.write(file, this.profiler.recording(ids.get(0)).orElseThrow());
			assertThat(RecordingFile.readAllEvents(file)).extracting((event) -> event.getEventType().getName())
				.contains("jdk.ObjectAllocationSample", "jdk.JavaMonitorEnter", "jdk.ThreadPark");
		}
		finally {
			Files.delete(file);
		}
	}

	@Test
	void nothingIsLeftBehind() throws IOException {
		Set<Path> before = files();
		this.profiler.start(EnumSet.of(ProfileKind.CPU), Duration.ofSeconds(60));
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> FlightRecorder.getFlightRecorder()
				.getRecordings()
				.stream()
				.anyMatch((recording) -> recording.getState() == RecordingState.RUNNING));
		this.profiler.stop();
		awaitState("finished");
		assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
		assertThat(files()).isEqualTo(before);
	}

	@Test
	void recordingOfSomebodyElseIsLeftAloneAndNotGivenAway() throws Exception {
		try (Recording other = new Recording(Configuration.getConfiguration("default"))) {
			other.start();
			this.workload.burn("burner-1");
			Profile profile = run(ProfileKind.CPU);
			assertThat(other.getState()).isEqualTo(RecordingState.RUNNING);
			assertThat(rows(profile.facts(), "hotspots").get(0).get("method"))
				.isEqualTo(Workload.class.getName() + ".hot");
			assertThat(this.profiler.recording(profile.id())).as("it has the environment, with its secrets").isEmpty();
			assertThat(profile.facts().get("remarks").toString()).contains("another recording ran at the same time");
		}
	}

	@Test
	void recordingThatIsTooLargeIsNotKept() {
		try (Profiler small = new Profiler(ProfilerTests.settings(9, 10), Clock.systemUTC(), System::nanoTime)) {
			small.start(EnumSet.of(ProfileKind.CPU), Duration.ofSeconds(1));
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> "finished".equals(small.snapshot().get("state")));
			assertThat(small.recording("cpu-1")).isEmpty();
			assertThat(small.profile("cpu-1").orElseThrow().facts().get("remarks").toString())
				.contains("more than support.profile.max-recording-size");
		}
	}

	@Test
	void stacksAreAsDeepAsAskedFor() throws Exception {
		assertThat(process(List.of(), ProfilerProcess.DEEP)).startsWith("truncated=null");
		assertThat(process(List.of("-XX:FlightRecorderOptions=stackdepth=32"), ProfilerProcess.DEEP_AND_STARTED))
			.doesNotStartWith("truncated=null")
			.contains("Stacks are as deep as JDK Flight Recorder was started with", "[truncated]");
	}

	@Test
	void jvmWithoutTheModuleIsSaidToHaveNone() throws Exception {
		List<String> options = List.of("--limit-modules", "java.base,java.logging,java.management,jdk.unsupported");
		assertThat(process(options, ProfilerProcess.WITHOUT)).isEqualTo(
				"idle: This JVM has no module jdk.jfr; add it to the run-time image (jlink --add-modules jdk.jfr),"
						+ " or use a whole JDK or JRE");
	}

	private static String process(List<String> options, String what) throws Exception {
		List<String> all = new ArrayList<>(options);
		all.add("-Xmx128m");
		List<String> output = JavaProcess.run(ProfilerProcess.class, all, what);
		return output.get(output.size() - 1);
	}

	private Profile run(ProfileKind kind) {
		String id = this.profiler.start(EnumSet.of(kind), TWO_SECONDS).get(0);
		awaitState("finished");
		return this.profiler.profile(id).orElseThrow();
	}

	private void awaitState(String state) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.profiler.snapshot().get("state"), (now) -> !"running".equals(now));
		assertThat(this.profiler.snapshot()).containsEntry("state", state);
	}

	private static void assertFormats(Profile profile) {
		long sum = ProfileFormatsTests.collapsedSum(profile.collapsed());
		Object total = profile.facts().getOrDefault("totalNanos", profile.facts().get("totalBytes"));
		assertThat(sum).isEqualTo((total != null) ? total : profile.facts().get("samples"));
		ProfileFormatsTests.assertSampled(
				JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(profile.speedscope())), sum);
		assertThat(profile.flame()).containsEntry("total", sum);
	}

	private static Object counted(Profile profile) {
		return profile.facts().getOrDefault("samples", profile.facts().get("waits"));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> rows(Map<String, Object> facts, String table) {
		return (List<Map<String, Object>>) facts.get(table);
	}

	private static Set<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().startsWith("support-profile-"))
				.collect(Collectors.toSet());
		}
	}

}
