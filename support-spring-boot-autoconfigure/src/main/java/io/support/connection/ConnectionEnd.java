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

import org.jspecify.annotations.Nullable;

import io.support.connection.traffic.TrafficOutcome;

/**
 * Why a connection, or a stream of one, is about to end: remembered until it does.
 * Confined to its event loop.
 */
final class ConnectionEnd {

	private boolean closing;

	private @Nullable Throwable error;

	void reset() {
		this.closing = false;
		this.error = null;
	}

	/**
	 * This side closes it.
	 */
	void closing() {
		this.closing = true;
	}

	void failed(Throwable error) {
		this.error = error;
	}

	@Nullable Throwable error() {
		return this.error;
	}

	/**
	 * Says what became of an exchange that was not complete when the connection ended.
	 * @return the outcome
	 */
	TrafficOutcome outcome() {
		if (this.error != null) {
			return TrafficOutcome.FAILED;
		}
		return this.closing ? TrafficOutcome.ABANDONED : TrafficOutcome.CUT;
	}

}
