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

package io.support.logs;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;

/**
 * One event, as it was logged: nothing in it is masked yet.
 *
 * @param number how many were kept before it
 * @param millis when, in milliseconds since 1970
 * @param level how bad
 * @param logger who says it
 * @param thread in which thread
 * @param message what it says, cut
 * @param problem the exception that came with it; {@code null} if none did
 */
record LogEvent(long number, long millis, LogLevel level, String logger, String thread, String message,
		@Nullable Problem problem) {

	/** Longer messages are cut. */
	static final int MAX_MESSAGE = 2048;

	static String cut(@Nullable String text) {
		if (text == null) {
			return "";
		}
		return (text.length() <= MAX_MESSAGE) ? text : text.substring(0, MAX_MESSAGE) + "...";
	}

}
