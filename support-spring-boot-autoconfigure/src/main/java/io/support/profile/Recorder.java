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
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What records the process.
 */
interface Recorder {

	/**
	 * Returns why nothing can be recorded.
	 * @return the reason and what to do, or {@code null} if it can
	 */
	@Nullable String unavailable();

	/**
	 * Says what tells of a kind in this JVM, without starting anything.
	 * @param kind the kind
	 * @return the source, and what it does not see
	 */
	Source source(ProfileKind kind);

	/**
	 * Begins to record.
	 * @param kinds what is looked for
	 * @return what is being recorded
	 * @throws IOException if there is no place for the recording
	 */
	Session start(Set<ProfileKind> kinds) throws IOException;

	/**
	 * What tells of a kind.
	 *
	 * @param events the events that are recorded
	 * @param missing what is not seen and what it would take; {@code null} if nothing is
	 */
	record Source(String events, @Nullable String missing) {

	}

	/**
	 * A recording that is on.
	 */
	interface Session extends AutoCloseable {

		/**
		 * Ends the recording.
		 */
		void stop();

		/**
		 * Reads what was recorded, which takes a while.
		 * @return what was found
		 * @throws IOException if it could not be read
		 */
		Recorded read() throws IOException;

		/**
		 * Ends the recording if it is still on, and leaves nothing behind.
		 */
		@Override
		void close();

	}

	/**
	 * What was found.
	 */
	final class Recorded {

		private final List<ProfileBuilder> profiles;

		private final byte @Nullable [] file;

		Recorded(List<ProfileBuilder> profiles, byte @Nullable [] file) {
			this.profiles = profiles;
			this.file = file;
		}

		/**
		 * Returns a profile for each kind.
		 * @return the profiles
		 */
		List<ProfileBuilder> profiles() {
			return this.profiles;
		}

		/**
		 * Returns the recording itself.
		 * @return the content of the file, or {@code null} if it cannot be had
		 */
		byte @Nullable [] file() {
			return this.file;
		}

	}

}
