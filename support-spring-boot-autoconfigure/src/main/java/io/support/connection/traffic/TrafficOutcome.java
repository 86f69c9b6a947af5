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

package io.support.connection.traffic;

import java.util.Locale;

/**
 * How an exchange ended.
 */
public enum TrafficOutcome {

	/** The response is complete, or the connection was given back. */
	COMPLETE,

	/** The peer closed the connection before that. */
	CUT,

	/** This side closed the connection before that: nobody waited any more. */
	ABANDONED,

	/** It failed, for example because the peer was silent for too long. */
	FAILED,

	/** The protocol was changed, to WebSocket for example; what follows is not kept. */
	UPGRADED;

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
