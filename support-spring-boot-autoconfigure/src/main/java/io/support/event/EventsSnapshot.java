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

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the process has done.
 *
 * @param operations each operation
 * @param recent the last events, the latest first
 * @param details which of these can be had in full, and by what
 */
record EventsSnapshot(List<Stream> operations, List<Event> recent, String details) {

	/**
	 * The events of one operation.
	 *
	 * @param operation what it is called
	 * @param succeeded how many did what they were to do
	 * @param failed how many failed or were refused
	 * @param cancelled how many nobody waited for any more
	 * @param thinned how many are counted, but not among the recent ones, because there
	 * were too many in a short time
	 * @param lastSuccessAt when the last one succeeded; {@code null} if none did
	 * @param lastFailureAt when the last one failed; {@code null} if none did
	 */
	record Stream(String operation, long succeeded, long failed, long cancelled, long thinned,
			@Nullable Instant lastSuccessAt, @Nullable Instant lastFailureAt) {

	}

	/**
	 * One operation in full.
	 *
	 * @param operation its figures
	 * @param recent its last events, of each outcome by itself, the latest first
	 */
	record Detail(Stream operation, List<Event> recent) {

	}

}
