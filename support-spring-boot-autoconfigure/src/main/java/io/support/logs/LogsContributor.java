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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;

import io.support.context.ContextContributor;

/**
 * The page of the logs: what was logged lately from a level on, what repeats, how much
 * there is of each level, and which levels the loggers have. Secrets are hidden when
 * somebody looks, not when something is logged. Thread-safe.
 */
public final class LogsContributor implements ContextContributor {

	/** So many of what repeats are shown, the most frequent first. */
	private static final int SHOWN = 100;

	private static final int MAX_LOGGERS = 500;

	private final @Nullable LogRecorder recorder;

	private final @Nullable String unavailable;

	private final @Nullable LoggingSystem logging;

	private final UnaryOperator<String> mask;

	private final Supplier<@Nullable String> loggersPath;

	/**
	 * Creates a contributor.
	 * @param recorder keeps the events; {@code null} where none can be had
	 * @param unavailable why none can be had; {@code null} where they can
	 * @param logging knows the levels; {@code null} where nobody does
	 * @param mask hides the secrets in a text
	 * @param loggersPath gives the path of Spring Boot's endpoint {@code loggers};
	 * {@code null} where it is not exposed
	 */
	public LogsContributor(@Nullable LogRecorder recorder, @Nullable String unavailable,
			@Nullable LoggingSystem logging, UnaryOperator<String> mask, Supplier<@Nullable String> loggersPath) {
		this.recorder = recorder;
		this.unavailable = unavailable;
		this.logging = logging;
		this.mask = mask;
		this.loggersPath = loggersPath;
	}

	@Override
	public String name() {
		return "logs";
	}

	@Override
	public LogsSnapshot snapshot() {
		String path = this.loggersPath.get();
		List<LogsSnapshot.Endpoint> endpoints = (path != null) ? List.of(new LogsSnapshot.Endpoint("loggers", path))
				: List.of();
		LogRecorder log = this.recorder;
		if (log == null) {
			return new LogsSnapshot(null, 0, 0, 0, this.unavailable, List.of(), List.of(), List.of(), List.of(),
					List.of(), levels(), endpoints, "events.id");
		}
		return new LogsSnapshot(log.settings().level().name(), log.settings().size(), log.kept(), log.thinned(), null,
				counts(log), messages(log), problems(log), loggers(log),
				log.events().stream().map(this::event).toList(), levels(), endpoints, "events.id");
	}

	/**
	 * Returns an event with its whole stack.
	 * @param name the number of the event
	 * @return the event; empty if it is not kept any more
	 */
	@Override
	public Optional<Object> detail(String name) {
		LogRecorder log = this.recorder;
		if (log == null) {
			return Optional.empty();
		}
		return log.events()
			.stream()
			.filter((event) -> Long.toString(event.number()).equals(name))
			.findFirst()
			.map((event) -> new LogsSnapshot.Detail(event(event), stack(event.problem())));
	}

	private List<String> stack(@Nullable Problem problem) {
		return (problem != null) ? problem.lines().stream().map(this.mask).toList() : List.of();
	}

	private LogsSnapshot.Event event(LogEvent event) {
		Problem problem = event.problem();
		return new LogsSnapshot.Event(Long.toString(event.number()), Instant.ofEpochMilli(event.millis()),
				event.level().name(), event.logger(), event.thread(), this.mask.apply(event.message()),
				(problem != null) ? problem.signature() : null);
	}

	private static List<LogsSnapshot.Count> counts(LogRecorder log) {
		return Arrays.stream(LogLevel.values())
			.filter((level) -> level != LogLevel.OFF && level != LogLevel.FATAL)
			.sorted(Comparator.reverseOrder())
			.map((level) -> new LogsSnapshot.Count(level.name().toLowerCase(Locale.ROOT), log.total(level),
					level.compareTo(log.settings().level()) >= 0))
			.toList();
	}

	private List<LogsSnapshot.Message> messages(LogRecorder log) {
		return sorted(log.messages()).stream()
			.map((one) -> new LogsSnapshot.Message(this.mask.apply(one.key().pattern()), one.key().level().name(),
					one.key().logger(), one.count(), Instant.ofEpochMilli(one.firstMillis()),
					Instant.ofEpochMilli(one.lastMillis())))
			.toList();
	}

	private static List<LogsSnapshot.Kind> problems(LogRecorder log) {
		return sorted(log.problems()).stream()
			.map((one) -> new LogsSnapshot.Kind(one.key(), one.count(), Instant.ofEpochMilli(one.firstMillis()),
					Instant.ofEpochMilli(one.lastMillis())))
			.toList();
	}

	private static List<LogsSnapshot.Logger> loggers(LogRecorder log) {
		List<LogsSnapshot.Logger> loggers = new ArrayList<>(sorted(log.loggers()).stream()
			.map((one) -> new LogsSnapshot.Logger(one.key(), one.count(), Instant.ofEpochMilli(one.lastMillis())))
			.toList());
		if (log.loggers().others() > 0) {
			loggers.add(new LogsSnapshot.Logger("others", log.loggers().others(), null));
		}
		return loggers;
	}

	private static <K> List<RepeatTable.Repeated<K>> sorted(RepeatTable<K> table) {
		return table.all()
			.stream()
			.sorted(Comparator.comparingLong((RepeatTable.Repeated<K> one) -> one.count()).reversed())
			.limit(SHOWN)
			.toList();
	}

	private List<LogsSnapshot.Level> levels() {
		if (this.logging == null) {
			return List.of();
		}
		try {
			return this.logging.getLoggerConfigurations()
				.stream()
				.filter((logger) -> logger.getLevelConfiguration(LoggerConfiguration.ConfigurationScope.DIRECT) != null)
				.limit(MAX_LOGGERS)
				.map((logger) -> new LogsSnapshot.Level(logger.getName(), logger.getLevelConfiguration().getName()))
				.toList();
		}
		catch (UnsupportedOperationException ex) {
			return List.of();
		}
	}

}
