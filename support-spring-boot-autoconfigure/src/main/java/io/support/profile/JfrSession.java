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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * One recording of JDK Flight Recorder. It is read from a file, which is complete when it
 * is there, and is gone when it has been read.
 */
final class JfrSession implements Recorder.Session, FlightRecorderListener {

	private final Recording recording;

	private final Map<ProfileKind, ProfileBuilder> profiles;

	private final FrameNames names;

	private final long maxBytes;

	/** Whether somebody else decided how much of a stack is recorded. */
	private final boolean depthGiven;

	/** Whether the file has events that others asked for. */
	private final AtomicBoolean shared = new AtomicBoolean();

	JfrSession(Recording recording, Map<ProfileKind, ProfileBuilder> profiles, FrameNames names, boolean depthGiven,
			long maxBytes) {
		this.recording = recording;
		this.profiles = profiles;
		this.names = names;
		this.depthGiven = depthGiven;
		this.maxBytes = maxBytes;
	}

	void start() {
		FlightRecorder.addListener(this);
		FlightRecorder.getFlightRecorder().getRecordings().forEach(this::recordingStateChanged);
		this.recording.start();
	}

	@Override
	public void recordingStateChanged(Recording other) {
		if (other.getState() == RecordingState.RUNNING && other.getId() != this.recording.getId()) {
			this.shared.set(true);
		}
	}

	@Override
	public void stop() {
		this.recording.stop();
	}

	@Override
	public Recorder.Recorded read() throws IOException {
		Path file = Files.createTempFile("support-profile-", ".jfr");
		try {
			this.recording.dump(file);
			evaluate(file);
			return new Recorder.Recorded(List.copyOf(this.profiles.values()), content(file));
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

	private void evaluate(Path file) throws IOException {
		ProfileBuilder cpu = this.profiles.get(ProfileKind.CPU);
		JfrEvents events = new JfrEvents(this.profiles, this.names, (cpu != null) ? cpu.source() : "",
				Thread.currentThread().getId());
		try (RecordingFile recorded = new RecordingFile(file)) {
			while (recorded.hasMoreEvents()) {
				events.accept(recorded.readEvent());
			}
		}
		if (this.depthGiven) {
			this.profiles.values()
				.stream()
				.filter(ProfileBuilder::isTruncated)
				.forEach((profile) -> profile
					.remark("Stacks are as deep as JDK Flight Recorder was started with (64 unless"
							+ " -XX:FlightRecorderOptions=stackdepth says otherwise)"));
		}
	}

	/*
	 * What others record may be the environment with its secrets, and would be in the
	 * same file.
	 */
	private byte @Nullable [] content(Path file) throws IOException {
		String reason = null;
		if (this.shared.get()) {
			reason = "another recording ran at the same time, whose events are in the file as well";
		}
		else if (Files.size(file) > this.maxBytes) {
			reason = "it has " + Files.size(file) + " bytes, more than support.profile.max-recording-size";
		}
		if (reason == null) {
			return Files.readAllBytes(file);
		}
		String remark = "The recording itself was not kept: " + reason;
		this.profiles.values().forEach((profile) -> profile.remark(remark));
		return null;
	}

	@Override
	public void close() {
		FlightRecorder.removeListener(this);
		this.recording.close();
	}

}
