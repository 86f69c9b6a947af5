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

package io.support.context;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Something that has been begun and has not ended, as it was at one moment.
 *
 * @param id what it is called among all others, letters, digits and dashes; the same as
 * long as it is there
 * @param kind what sort of thing it is: {@code http}, {@code dispatch io}
 * @param what what is being done: a request line, a method
 * @param state how far it is: {@code queued}, {@code running}
 * @param ageNanos how long ago it was begun
 * @param queuedNanos how long it has waited, or had waited, before it was started;
 * {@code null} if it does not wait
 * @param runningNanos how long ago it was started; {@code null} if it was not
 * @param timeoutLeftNanos how long until somebody gives it up, negative if that is over;
 * {@code null} if nobody will
 * @param startedBy who has asked for it: a request, a client; {@code null} if that is not
 * known
 * @param caller the thread that has asked for it; {@code null} if that is not known
 * @param runner gives the thread that does it at the moment; gives {@code null} while no
 * thread does
 */
public record TaskInFlight(String id, String kind, String what, String state, long ageNanos, @Nullable Long queuedNanos,
		@Nullable Long runningNanos, @Nullable Long timeoutLeftNanos, @Nullable String startedBy,
		@Nullable String caller, Supplier<@Nullable Thread> runner) {

	/**
	 * What waits to be started.
	 */
	public static final String QUEUED = "queued";

	/**
	 * What has been started.
	 */
	public static final String RUNNING = "running";

	/**
	 * Returns the thread that does it now.
	 * @return the thread; {@code null} if no thread does, or does no longer
	 */
	public @Nullable Thread thread() {
		return this.runner.get();
	}

}
