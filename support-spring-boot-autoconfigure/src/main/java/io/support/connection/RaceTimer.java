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

package io.support.connection;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;

/**
 * When the next address gets its turn in a {@link Race}. Guarded by the race.
 */
final class RaceTimer {

	private final Runnable action;

	private @Nullable Future<?> future;

	/**
	 * Creates a timer that is not set.
	 * @param action what it runs, which begins with {@link #over()}
	 */
	RaceTimer(Runnable action) {
		this.action = action;
	}

	boolean isSet() {
		return this.future != null;
	}

	void set(EventLoopGroup eventLoops, long nanos) {
		this.future = eventLoops.next().schedule(this.action, nanos, TimeUnit.NANOSECONDS);
	}

	void over() {
		this.future = null;
	}

	void stop() {
		if (this.future != null) {
			this.future.cancel(false);
			this.future = null;
		}
	}

}
