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

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The logs at one moment.
 *
 * @param level the least level of what is kept
 * @param size how many events are kept at the most
 * @param kept how many have been kept since the start
 * @param thinned how many were not because the same message came too often
 * @param unavailable why there are no events; {@code null} where there are
 * @param counts how many events of each level there were
 * @param messages what was said how often, the most frequent first
 * @param problems the exceptions among it, by their kind and place
 * @param loggers who says most
 * @param events the last events, the latest first
 * @param levels the loggers that have a level of their own
 * @param endpoints where levels can be changed
 * @param details which of these can be had in full, and by what
 */
public record LogsSnapshot(@Nullable String level, int size, long kept, long thinned, @Nullable String unavailable,
		List<Count> counts, List<Message> messages, List<Kind> problems, List<Logger> loggers, List<Event> events,
		List<Level> levels, List<Endpoint> endpoints, String details) {

	/**
	 * How many events of a level there were.
	 *
	 * @param name the level
	 * @param events how many reached the root logger
	 * @param kept whether they are kept
	 */
	public record Count(String name, long events, boolean kept) {

	}

	/**
	 * Something that is said.
	 *
	 * @param message what, without its arguments and with {@code *} for numbers
	 * @param level how bad
	 * @param logger who says it
	 * @param count how often
	 * @param firstAt when first
	 * @param lastAt when last
	 */
	public record Message(String message, String level, String logger, long count, Instant firstAt, Instant lastAt) {

	}

	/**
	 * Exceptions of the same kind, from the same place.
	 *
	 * @param name the classes of the exception and its causes, and where the last of them
	 * was thrown
	 * @param count how often; of a flood only those that were kept
	 * @param firstAt when first
	 * @param lastAt when last
	 */
	public record Kind(String name, long count, Instant firstAt, Instant lastAt) {

	}

	/**
	 * Who says something.
	 *
	 * @param name the logger; {@code others} are all those that have said nothing for a
	 * long time
	 * @param events how much
	 * @param lastAt when last
	 */
	public record Logger(String name, long events, @Nullable Instant lastAt) {

	}

	/**
	 * One event.
	 *
	 * @param id its number
	 * @param at when
	 * @param level how bad
	 * @param logger who says it
	 * @param thread in which thread
	 * @param message what it says
	 * @param problem the kind and place of the exception that came with it
	 */
	public record Event(String id, Instant at, String level, String logger, String thread, String message,
			@Nullable String problem) {

	}

	/**
	 * One event in full.
	 *
	 * @param event the event
	 * @param stack the exception that came with it, shortened
	 */
	public record Detail(Event event, List<String> stack) {

	}

	/**
	 * A logger that has a level of its own.
	 *
	 * @param name its name
	 * @param level the level
	 */
	public record Level(String name, String level) {

	}

	/**
	 * An endpoint of Spring Boot's.
	 *
	 * @param endpoint its id
	 * @param path its path, from the root of the management server
	 */
	public record Endpoint(String endpoint, String path) {

	}

}
