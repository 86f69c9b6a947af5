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

import java.time.Duration;

/**
 * Says that a run of the profiler is on, beside which there is no other.
 */
public final class ProfilerBusyException extends IllegalStateException {

	private static final long serialVersionUID = 1;

	/** How long the run will go on recording. */
	private final Duration remaining;

	ProfilerBusyException(String message, Duration remaining) {
		super(message);
		this.remaining = remaining;
	}

	/**
	 * Returns how long the run will go on recording.
	 * @return the time, zero when it is being evaluated
	 */
	public Duration remaining() {
		return this.remaining;
	}

}
