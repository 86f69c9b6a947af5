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

import org.jspecify.annotations.Nullable;

import io.support.stats.StateMachineStats;

/**
 * Follows the requests of one connection, or of one stream of HTTP/2, which are handled
 * one after the other. Confined to the event loop of its channel.
 */
final class RequestProgress {

	private final StateMachineStats<RequestState> states;

	private StateMachineStats.@Nullable Followed<RequestState> current;

	RequestProgress(StateMachineStats<RequestState> states) {
		this.states = states;
	}

	void started() {
		this.current = this.states.begin(RequestState.HANDLING);
	}

	void answering() {
		if (this.current != null) {
			this.current.to(RequestState.RESPONDING);
		}
	}

	/**
	 * Learns that the answer is complete, or that there will be none.
	 */
	void ended() {
		if (this.current != null) {
			this.current.end();
			this.current = null;
		}
	}

}
