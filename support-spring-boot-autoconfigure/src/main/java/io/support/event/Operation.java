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

package io.support.event;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Something that is being done, until it is told how that ended; what it is told after
 * that is ignored. Thread-safe.
 */
public final class Operation {

	private final Operations operations;

	private final String name;

	private final long startNanos;

	private final @Nullable Observation observation;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile KeyValues attributes;

	Operation(Operations operations, String name, long startNanos, KeyValues attributes,
			@Nullable Observation observation) {
		this.operations = operations;
		this.name = name;
		this.startNanos = startNanos;
		this.attributes = attributes;
		this.observation = observation;
	}

	/**
	 * Adds what became known while it was done, such as the address of a peer.
	 * @param key what it is
	 * @param value its value, nothing secret; there may be many different ones
	 * @return this
	 */
	public Operation with(String key, String value) {
		synchronized (this) {
			this.attributes = this.attributes.and(KeyValue.of(key, value));
		}
		if (this.observation != null) {
			this.observation.highCardinalityKeyValue(key, value);
		}
		return this;
	}

	/**
	 * Makes a body a part of this: what is observed in it has this as its parent.
	 * @param body what is done, on any thread
	 * @param <T> the type of its result
	 * @return the body itself where nobody observes
	 */
	@SuppressWarnings("try") // the scope is for what is done in it
	public <T extends @Nullable Object> Callable<T> including(Callable<T> body) {
		Observation observation = this.observation;
		if (observation == null) {
			return body;
		}
		return () -> {
			try (Observation.Scope scope = observation.openScope()) {
				return body.call();
			}
		};
	}

	/**
	 * It did what it was to do.
	 */
	public void succeed() {
		end(Outcome.SUCCESS, null);
	}

	/**
	 * It failed.
	 * @param error why
	 */
	public void fail(Throwable error) {
		end(Outcome.FAILURE, error);
	}

	/**
	 * Nobody waits for it any more.
	 */
	public void cancel() {
		end(Outcome.CANCELLED, null);
	}

	private void end(Outcome outcome, @Nullable Throwable error) {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		this.operations.ended(this.name, outcome, this.startNanos, this.attributes, error);
		if (this.observation != null) {
			if (error != null) {
				this.observation.error(error);
			}
			this.observation.lowCardinalityKeyValue("outcome", outcome.label()).stop();
		}
	}

}
