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

package io.support.proc;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What TCP does with a socket, as {@code include/net/tcp_states.h} of Linux numbers it.
 */
public final class TcpStates {

	/** The first has the number 1. */
	private static final List<String> NAMES = List.of("established", "syn-sent", "syn-received", "fin-wait-1",
			"fin-wait-2", "time-wait", "closed", "close-wait", "last-ack", "listening", "closing", "syn-received");

	private TcpStates() {
	}

	/**
	 * Returns the name of a state.
	 * @param number its number
	 * @return the name; {@code null} if a later kernel has more states
	 */
	public static @Nullable String name(int number) {
		return (number > 0 && number <= NAMES.size()) ? NAMES.get(number - 1) : null;
	}

}
