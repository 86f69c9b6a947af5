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

package io.support.eventloop;

/**
 * How late the watcher itself is: what it loses, no loop can be blamed for.
 * <p>
 * A sleep that took longer than twice what was planned is lost as a whole, since nobody
 * knows where in it the pause was. What the watcher does between two sleeps is lost to
 * watching, too, but it is no pause.
 */
final class OwnDelay {

	private long wokeNanos;

	private long sleptNanos;

	private long plannedNanos;

	private long pauseNanos;

	OwnDelay(long now) {
		this.wokeNanos = now;
		this.sleptNanos = now;
	}

	/**
	 * Is told that the watcher goes to sleep.
	 * @param now the time
	 * @param nanos for how long
	 */
	void sleeps(long now, long nanos) {
		this.sleptNanos = now;
		this.plannedNanos = nanos;
	}

	/**
	 * Is told that the watcher has woken up.
	 * @param now the time
	 * @return how much of the time since it last woke up is lost
	 */
	long woke(long now) {
		this.pauseNanos = Math.max(0, now - this.sleptNanos - this.plannedNanos);
		long sinceLast = now - this.wokeNanos;
		long lost = Math.max(0, sinceLast - this.plannedNanos);
		this.wokeNanos = now;
		return (this.pauseNanos > this.plannedNanos) ? sinceLast : lost;
	}

	/**
	 * Returns for how long the watcher has stood still in its last sleep, against its
	 * will.
	 * @return the time
	 */
	long pauseNanos() {
		return this.pauseNanos;
	}

}
