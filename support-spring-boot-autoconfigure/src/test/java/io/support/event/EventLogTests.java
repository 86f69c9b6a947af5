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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.common.KeyValues;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

import io.support.event.EventsSnapshot.Detail;
import io.support.event.EventsSnapshot.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventLog}.
 */
class EventLogTests {

	private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);

	private long elapsedNanos;

	private final EventLog events = new EventLog(() -> BEGINNING.plusNanos(this.elapsedNanos), this.nanos::get);

	@Test
	void keepsWhatHappened() {
		this.events.record("support.connect", Outcome.FAILURE, 1500, KeyValues.of("group", "payments"),
				new IllegalStateException("secret"));
		assertThat(recent("support.connect")).containsExactly(new Event(BEGINNING, "support.connect", "failure", 1500,
				Map.of("group", "payments"), IllegalStateException.class.getName()));
	}

	@Test
	void countsByOutcome() {
		record(Outcome.SUCCESS, 3);
		record(Outcome.FAILURE, 2);
		record(Outcome.CANCELLED, 1);
		assertThat(stream()).isEqualTo(new Stream("call", 3, 2, 1, 0, BEGINNING, BEGINNING));
	}

	@Test
	void keepsABurstInFull() {
		record(Outcome.SUCCESS, Thinning.BURST);
		assertThat(recent("call")).hasSize(Thinning.BURST);
		assertThat(stream().thinned()).isZero();
	}

	@Test
	void keepsSomeOfAFloodAndCountsTheRest() {
		record(Outcome.SUCCESS, 1000);
		assertThat(recent("call")).hasSize(Thinning.BURST);
		assertThat(stream().succeeded()).isEqualTo(1000);
		assertThat(stream().thinned()).isEqualTo(1000 - Thinning.BURST);
		pass(Duration.ofMillis(500));
		record(Outcome.SUCCESS, 1000);
		assertThat(stream().thinned()).isEqualTo(2000 - Thinning.BURST - 5);
	}

	@Test
	void keepsTheLatest() {
		IntStream.rangeClosed(1, 1000).forEach((number) -> {
			pass(Duration.ofSeconds(1));
			record(Outcome.SUCCESS, 1);
		});
		assertThat(stream().thinned()).isZero();
		assertThat(recent("call")).hasSize(EventRing.CAPACITY)
			.extracting(Event::at)
			.startsWith(BEGINNING.plusSeconds(1000), BEGINNING.plusSeconds(999))
			.endsWith(BEGINNING.plusSeconds(1001 - EventRing.CAPACITY));
	}

	@Test
	void floodOfSuccessesDoesNotWashAwayAFailure() {
		record(Outcome.FAILURE, 1);
		IntStream.range(0, 1000).forEach((number) -> {
			pass(Duration.ofSeconds(1));
			record(Outcome.SUCCESS, 1);
		});
		assertThat(recent("call")).filteredOn((event) -> event.outcome().equals("failure")).hasSize(1);
		assertThat(stream().lastFailureAt()).isEqualTo(BEGINNING);
	}

	@Test
	void tellsABoundedNumberOfOperationsApart() {
		IntStream.range(0, 1000)
			.forEach(
					(number) -> this.events.record("operation-" + number, Outcome.SUCCESS, 1, KeyValues.empty(), null));
		List<Stream> operations = snapshot().operations();
		assertThat(operations).hasSize(EventLog.MAX_OPERATIONS).extracting(Stream::operation).contains("operation-0");
		assertThat(operations).filteredOn((stream) -> stream.operation().equals(EventLog.OTHER))
			.extracting(Stream::succeeded)
			.containsExactly(1000L - EventLog.MAX_OPERATIONS + 1);
	}

	@Test
	void showsTheLatestOfAllOperations() {
		for (String operation : List.of("one", "two", "three")) {
			pass(Duration.ofSeconds(1));
			this.events.record(operation, Outcome.SUCCESS, 1, KeyValues.empty(), null);
		}
		assertThat(snapshot().recent()).extracting(Event::operation).containsExactly("three", "two", "one");
		assertThat(snapshot().operations()).extracting(Stream::operation).containsExactly("one", "three", "two");
	}

	@Test
	void resetForgets() {
		record(Outcome.FAILURE, 10);
		this.events.reset();
		assertThat(stream()).isEqualTo(new Stream("call", 0, 0, 0, 0, null, null));
		assertThat(snapshot().recent()).isEmpty();
	}

	@Test
	void logsWithKeyValuesAtDebug() {
		List<ILoggingEvent> lines = logged(Level.DEBUG, (log) -> log.record("support.connect", Outcome.FAILURE,
				2_500_000, KeyValues.of("group", "payments"), new IllegalStateException("secret")));
		assertThat(lines).hasSize(1);
		ILoggingEvent line = lines.get(0);
		assertThat(line.getLevel()).isEqualTo(Level.DEBUG);
		assertThat(line.getLoggerName()).isEqualTo("io.support.event.support.connect");
		assertThat(line.getFormattedMessage()).isEqualTo("support.connect failure in 2.5 ms");
		assertThat(line.getKeyValuePairs()).containsExactly(new KeyValuePair("event.action", "support.connect"),
				new KeyValuePair("event.outcome", "failure"), new KeyValuePair("event.duration", 2_500_000L),
				new KeyValuePair("error.type", IllegalStateException.class.getName()),
				new KeyValuePair("group", "payments"));
	}

	@Test
	void logsAllOfAFlood() {
		assertThat(logged(Level.DEBUG, (log) -> record(Outcome.SUCCESS, 500))).hasSize(500);
	}

	@Test
	void saysNothingByDefault() {
		assertThat(logged(Level.INFO, (log) -> record(Outcome.FAILURE, 10))).isEmpty();
	}

	private List<ILoggingEvent> logged(Level level, Consumer<EventLog> work) {
		Logger logger = (Logger) LoggerFactory.getLogger(EventLog.LOGGER);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		Level before = logger.getLevel();
		logger.addAppender(appender);
		logger.setLevel(level);
		try {
			work.accept(this.events);
		}
		finally {
			logger.setLevel(before);
			logger.detachAppender(appender);
		}
		return appender.list;
	}

	private void pass(Duration time) {
		this.elapsedNanos += time.toNanos();
		this.nanos.addAndGet(time.toNanos());
	}

	private void record(Outcome outcome, int times) {
		IntStream.range(0, times).forEach((number) -> this.events.record("call", outcome, 1, KeyValues.empty(), null));
	}

	private EventsSnapshot snapshot() {
		return (EventsSnapshot) this.events.snapshot();
	}

	private Stream stream() {
		Detail detail = (Detail) this.events.detail("call").orElseThrow();
		assertThat(detail.recent()).isEqualTo(recent("call"));
		return detail.operation();
	}

	private List<Event> recent(String operation) {
		return this.events.recent(operation);
	}

}
