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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The last results, and their recordings as long as these are not too large together. The
 * oldest go first. Not thread-safe.
 */
final class ProfileResults {

	private final int maxResults;

	private final long maxRecordingBytes;

	private final Map<String, Kept> kept = new LinkedHashMap<>();

	private long forgotten;

	ProfileResults(int maxResults, long maxRecordingBytes) {
		this.maxResults = maxResults;
		this.maxRecordingBytes = maxRecordingBytes;
	}

	void add(List<Profile> profiles, byte @Nullable [] recording) {
		profiles.forEach((profile) -> this.kept.put(profile.id(), new Kept(profile, recording)));
		while (this.kept.size() > this.maxResults) {
			this.kept.remove(this.kept.keySet().iterator().next());
			this.forgotten++;
		}
		trimRecordings();
	}

	/*
	 * The profiles of one run share their recording.
	 */
	private void trimRecordings() {
		long bytes = 0;
		byte[] last = null;
		for (Kept one : newestFirst()) {
			byte[] recording = one.recording();
			if (recording != null && recording != last) {
				bytes += recording.length;
				last = recording;
			}
			if (bytes > this.maxRecordingBytes) {
				this.kept.replace(one.profile().id(), new Kept(one.profile(), null));
			}
		}
	}

	private List<Kept> newestFirst() {
		List<Kept> newest = new ArrayList<>(this.kept.values());
		Collections.reverse(newest);
		return newest;
	}

	Optional<Kept> find(String id) {
		return Optional.ofNullable(this.kept.get(id));
	}

	long forgotten() {
		return this.forgotten;
	}

	/**
	 * Returns all results as a table.
	 * @return a row for each, the newest first
	 */
	List<Map<String, Object>> rows() {
		return newestFirst().stream().map((one) -> {
			Map<String, Object> row = one.profile().row();
			byte[] recording = one.recording();
			row.put("recordingBytes", (recording != null) ? recording.length : 0);
			return row;
		}).toList();
	}

	/**
	 * A result that is kept, and what it was made of, unless that is not kept.
	 */
	static final class Kept {

		private final Profile profile;

		private final byte @Nullable [] recording;

		Kept(Profile profile, byte @Nullable [] recording) {
			this.profile = profile;
			this.recording = recording;
		}

		Profile profile() {
			return this.profile;
		}

		byte @Nullable [] recording() {
			return this.recording;
		}

	}

}
