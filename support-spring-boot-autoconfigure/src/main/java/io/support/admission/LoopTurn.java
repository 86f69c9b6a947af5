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

package io.support.admission;

import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;

import io.support.overload.Priority;
import io.support.overload.SojournControl;
import io.support.overload.SojournSettings;

/**
 * The turns of one event loop, and what they say about how long a request has waited.
 * <p>
 * A loop that is busy takes what has arrived while it was busy before: all of that waits
 * in the kernel until the next turn, and there for those before it. A request's wait is
 * therefore the time since the turn began, and half of the turn before, unless the loop
 * has slept in between. All loops of a server share one control: they share its
 * processors, too, and whatever clients ask for more than it can do. Used on its loop
 * only.
 */
final class LoopTurn {

	/*
	 * A loop that begins a turn later than this after the last one has slept.
	 */
	private static final long SLEPT_NANOS = 200_000;

	/*
	 * How much one turn changes what is known of the time that a request takes.
	 */
	private static final double GAIN = 1.0 / 8;

	private final EventLoop loop;

	private final SojournSettings settings;

	private final LongSupplier clock;

	private final SojournControl control;

	private final Runnable end = this::end;

	private boolean running;

	private long startNanos;

	private long endNanos;

	private long arrivalNanos;

	private int admitted;

	/*
	 * What a request takes on this loop: longer than elsewhere in the server where more
	 * loops than processors share these.
	 */
	private double serviceNanos;

	LoopTurn(EventLoop loop, SojournSettings settings, SojournControl control, LongSupplier clock) {
		this.loop = loop;
		this.settings = settings;
		this.control = control;
		this.clock = clock;
		this.startNanos = clock.getAsLong();
		this.endNanos = this.startNanos;
	}

	/**
	 * Judges a request that the loop has come to.
	 * @param priority how much it matters
	 * @return whether it is to be served
	 */
	boolean admits(Priority priority) {
		long now = this.clock.getAsLong();
		if (!this.running) {
			begin(now);
		}
		long age = now - this.arrivalNanos;
		if (age > maxAgeNanos(priority, now)) {
			this.control.expired(now);
			return false;
		}
		this.control.departed(age, 1, now);
		this.admitted++;
		return true;
	}

	private long maxAgeNanos(Priority priority, long now) {
		return switch (priority) {
			case CRITICAL -> Math.max(this.settings.maxAgeNanos(), this.control.maxAgeNanos(now));
			case NORMAL -> maxAgeNanos(now);
			case SHEDDABLE -> maxAgeNanos(now) / 2;
		};
	}

	/*
	 * With less than a request takes, those that have come while one was served would be
	 * refused, and the loop would find nobody to serve.
	 */
	private long maxAgeNanos(long now) {
		long bound = Math.max(this.control.maxAgeNanos(now), (long) this.serviceNanos);
		return Math.min(bound, Math.max(this.settings.maxAgeNanos(), this.control.maxAgeNanos(now)));
	}

	private void begin(long now) {
		this.running = true;
		long slept = now - this.endNanos;
		this.arrivalNanos = (slept > SLEPT_NANOS) ? now : now - (this.endNanos - this.startNanos) / 2;
		this.startNanos = now;
		if (this.loop instanceof SingleThreadEventLoop turning) {
			turning.executeAfterEventLoopIteration(this.end);
		}
		else {
			this.loop.execute(this.end);
		}
	}

	private void end() {
		this.running = false;
		this.endNanos = this.clock.getAsLong();
		if (this.admitted > 0) {
			double service = (double) (this.endNanos - this.startNanos) / this.admitted;
			this.serviceNanos += GAIN * (service - this.serviceNanos);
			this.admitted = 0;
		}
	}

}
