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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;

/**
 * Keeps the last log events from a level on in a ring, counts all by level, and those
 * that are kept by logger, by message and by exception. Everything in it is bounded; the
 * threads that log never wait for it, and nothing in it logs.
 */
public final class LogRecorder {

	/** How many messages are told apart. */
	static final int MESSAGES = 512;

	/** How many loggers are told apart. */
	static final int LOGGERS = 256;

	/** How many kinds of exceptions are told apart. */
	static final int PROBLEMS = 128;

	private final LogsSettings settings;

	private final AtomicReferenceArray<@Nullable LogEvent> ring;

	private final AtomicLong kept = new AtomicLong();

	private final LongAdder thinned = new LongAdder();

	private final Map<LogLevel, LongAdder> levels = new EnumMap<>(LogLevel.class);

	private final RepeatTable<Said> messages = new RepeatTable<>(MESSAGES);

	private final RepeatTable<String> loggers = new RepeatTable<>(LOGGERS);

	private final RepeatTable<String> problems = new RepeatTable<>(PROBLEMS);

	/**
	 * Creates an empty recorder.
	 * @param settings what is kept
	 */
	public LogRecorder(LogsSettings settings) {
		this.settings = settings;
		this.ring = new AtomicReferenceArray<>(settings.size());
		for (LogLevel level : LogLevel.values()) {
			this.levels.put(level, new LongAdder());
		}
	}

	LogsSettings settings() {
		return this.settings;
	}

	/**
	 * Counts an event.
	 * @param level how bad it is
	 * @return whether it is to be recorded, too
	 */
	boolean count(LogLevel level) {
		LongAdder count = this.levels.get(level);
		if (count != null) {
			count.increment();
		}
		return level.compareTo(this.settings.level()) >= 0;
	}

	/**
	 * Records an event. What is more expensive to make is asked for only if it is kept.
	 * @param millis when it was logged
	 * @param level how bad it is
	 * @param logger who says it
	 * @param pattern what it says, without its arguments
	 * @param message what it says; asked for in this call or never
	 * @param problem the exception that came with it, {@code null} for none; asked for in
	 * this call or never
	 */
	void record(long millis, LogLevel level, String logger, @Nullable String pattern,
			Supplier<@Nullable String> message, Supplier<@Nullable Problem> problem) {
		this.loggers.count(logger, millis);
		RepeatTable.Repeated<Said> repeated = this.messages.count(new Said(level, logger, withoutNumbers(pattern)),
				millis);
		if (!repeated.isWorthKeeping(millis)) {
			this.thinned.increment();
			return;
		}
		Problem thrown = problem.get();
		if (thrown != null) {
			this.problems.count(thrown.signature(), millis);
		}
		long number = this.kept.getAndIncrement();
		this.ring.setRelease((int) (number % this.ring.length()), new LogEvent(number, millis, level, logger,
				Thread.currentThread().getName(), LogEvent.cut(message.get()), thrown));
	}

	/*
	 * Not everybody leaves the arguments to the logger.
	 */
	static String withoutNumbers(@Nullable String pattern) {
		String text = LogEvent.cut(pattern);
		StringBuilder out = null;
		boolean digits = false;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			boolean digit = c >= '0' && c <= '9';
			if (digit && out == null) {
				out = new StringBuilder(text.length()).append(text, 0, i);
			}
			if (out != null && !(digit && digits)) {
				out.append(digit ? '*' : c);
			}
			digits = digit;
		}
		return (out != null) ? out.toString() : text;
	}

	/**
	 * Returns the events that are kept.
	 * @return the events, the latest first
	 */
	List<LogEvent> events() {
		List<LogEvent> events = new ArrayList<>(this.ring.length());
		for (int i = 0; i < this.ring.length(); i++) {
			LogEvent event = this.ring.getAcquire(i);
			if (event != null) {
				events.add(event);
			}
		}
		events.sort(Comparator.comparingLong(LogEvent::number).reversed());
		return events;
	}

	long kept() {
		return this.kept.get();
	}

	long thinned() {
		return this.thinned.sum();
	}

	/**
	 * Returns how many events of a level there were, kept or not.
	 * @param level the level
	 * @return their number
	 */
	long total(LogLevel level) {
		LongAdder count = this.levels.get(level);
		return (count != null) ? count.sum() : 0;
	}

	RepeatTable<Said> messages() {
		return this.messages;
	}

	RepeatTable<String> loggers() {
		return this.loggers;
	}

	RepeatTable<String> problems() {
		return this.problems;
	}

	/**
	 * What events of the same kind have in common.
	 *
	 * @param level how bad
	 * @param logger who says it
	 * @param pattern what it says without its arguments, with {@code *} for every number
	 */
	record Said(LogLevel level, String logger, String pattern) {

	}

}
