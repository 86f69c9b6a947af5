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

package io.support.dispatch;

import io.support.overload.SojournControl;
import io.support.overload.SojournSettings;

/**
 * Decides how long a call may wait in a queue that calls of requests share with calls in
 * the background: a {@link SojournControl} that judges requests, and lets the others
 * pass.
 * <p>
 * A departure of either shows how fast the queue moves: both take a thread, and whoever
 * comes waits behind both. But only what requests wait for tells whether there are too
 * many of them. So the age of a call in the background says nothing, and a request that
 * came behind more of those than of its kind says that requests are not the cause: it
 * counts as one that has passed in time, and may wait for {@code max-queue-age} also
 * while there is overload. Otherwise a batch in the background would look like overload,
 * and the tight bound would refuse requests whose refusal does not shorten the wait.
 * <p>
 * Thread-safe. All times are nanoseconds of one clock.
 */
final class SharedQueueControl {

	/*
	 * An age that is no minimum.
	 */
	private static final long NO_AGE = Long.MAX_VALUE;

	private final SojournSettings settings;

	private final SojournControl control;

	SharedQueueControl(SojournSettings settings, long now) {
		this.settings = settings;
		this.control = new SojournControl(settings, now);
	}

	/**
	 * Says whether it is for requests that something waits.
	 * @param requests how many of those before it belong to requests
	 * @param waiting how many are before it
	 * @return whether at least half of them do
	 */
	static boolean isBehindRequests(int requests, int waiting) {
		return 2 * requests >= waiting;
	}

	/**
	 * Says whether a call of a request that comes now can start in time.
	 * @param behindRequests whether it is for requests that it would wait
	 * @param waiting how many wait
	 * @param now the time
	 * @return whether it may join the queue
	 */
	boolean admits(boolean behindRequests, int waiting, long now) {
		int judged = (behindRequests || !this.control.isOverloaded(now)) ? waiting : 0;
		return this.control.admits(judged, now);
	}

	/**
	 * Says whether a call of a request has waited for too long.
	 * @param age how long it has waited
	 * @param behindRequests whether it was for requests
	 * @param now the time
	 * @return whether it is to be refused
	 */
	boolean isTooOld(long age, boolean behindRequests, long now) {
		return age > (behindRequests ? this.control.maxAgeNanos(now) : this.settings.maxAgeNanos());
	}

	/**
	 * Learns that a call of a request has left the queue because it was too old.
	 * @param now the time
	 */
	void expired(long now) {
		this.control.expired(now);
	}

	/**
	 * Learns that a thread begins with a call of a request.
	 * @param age how long it has waited
	 * @param behindRequests whether it was for requests
	 * @param waiting how many still wait
	 * @param now the time
	 */
	void requestDeparted(long age, boolean behindRequests, int waiting, long now) {
		this.control.departed(behindRequests ? age : Math.min(age, this.settings.targetNanos()), waiting, now);
	}

	/**
	 * Learns that a thread begins with a call in the background.
	 * @param waiting how many still wait
	 * @param now the time
	 */
	void backgroundDeparted(int waiting, long now) {
		this.control.departed(NO_AGE, waiting, now);
	}

	/**
	 * Returns how long a request may wait for others of its kind now; nothing that is
	 * younger is too old.
	 * @param now the time
	 * @return nanoseconds
	 */
	long maxAgeNanos(long now) {
		return this.control.maxAgeNanos(now);
	}

	boolean isOverloaded(long now) {
		return this.control.isOverloaded(now);
	}

}
