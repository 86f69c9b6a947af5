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

import org.springframework.boot.logging.LogLevel;

/**
 * What is kept of the log.
 *
 * @param level the least level of events that are kept
 * @param size how many events are kept, 1 to {@value #MAX_SIZE}
 */
public record LogsSettings(LogLevel level, int size) {

	/**
	 * The most events that may be kept.
	 */
	public static final int MAX_SIZE = 10_000;

}
