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
import java.util.List;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogLevel;

import io.support.autoconfigure.context.PropertyMask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link LogbackAppender} and what it leads to, with Logback itself.
 */
class LogbackAppenderTests {

	private static final String HOSTILE = "<script>alert(1)</script>\u202e\u0000";

	private final LogRecorder recorder = new LogRecorder(new LogsSettings(LogLevel.WARN, 8));

	private final LogbackAppender appender = new LogbackAppender(this.recorder);

	private final LogsContributor contributor = new LogsContributor(this.recorder, null, null,
			PropertyMask.withoutRule()::text, () -> "/actuator/loggers");

	private final Logger logger = context().getLogger("io.support.logs.test." + System.identityHashCode(this));

	private static LoggerContext context() {
		return (LoggerContext) LoggerFactory.getILoggerFactory();
	}

	@BeforeEach
	void attach() {
		this.appender.afterPropertiesSet();
	}

	@AfterEach
	void detach() {
		this.appender.destroy();
	}

	@Test
	void warningsAreKeptAndTheRestIsCounted() {
		this.logger.info("only counted");
		this.logger.warn("kept {}", 1);
		assertThat(events()).singleElement().satisfies((event) -> {
			assertThat(event.message()).isEqualTo("kept 1");
			assertThat(event.level()).isEqualTo("WARN");
			assertThat(event.thread()).isEqualTo(Thread.currentThread().getName());
		});
		assertThat(this.recorder.total(LogLevel.INFO)).isPositive();
		assertThat(this.contributor.snapshot().endpoints()).extracting(LogsSnapshot.Endpoint::path)
			.containsExactly("/actuator/loggers");
	}

	@Test
	void nothingComesAfterTheEnd() {
		this.appender.destroy();
		this.logger.warn("too late");
		assertThat(events()).isEmpty();
		assertThat(attached()).doesNotContain(this.appender);
	}

	@Test
	void sameMessageIsOneWithItsCount() {
		for (int i = 0; i < 5; i++) {
			this.logger.warn("Failed to reach {}", "host-" + i);
			this.logger.warn("Took " + i + "00 ms");
		}
		assertThat(this.contributor.snapshot().messages())
			.filteredOn((one) -> one.logger().equals(this.logger.getName()))
			.extracting(LogsSnapshot.Message::message, LogsSnapshot.Message::count)
			.containsExactlyInAnyOrder(tuple("Failed to reach {}", 5L), tuple("Took * ms", 5L));
	}

	@Test
	void floodIsCountedAndDoesNotWashTheRestAway() {
		this.logger.error("the one that matters");
		for (int i = 0; i < 10_000; i++) {
			this.logger.warn("flood");
		}
		assertThat(this.recorder.thinned()).isGreaterThan(9000);
		assertThat(this.contributor.snapshot().messages()).anySatisfy((one) -> {
			assertThat(one.message()).isEqualTo("flood");
			assertThat(one.count()).isEqualTo(10_000);
		});
		assertThat(this.recorder.events()).hasSizeLessThanOrEqualTo(8);
	}

	@Test
	void exceptionsOfTheSameKindAreOneAndHaveTheirStack() {
		for (int i = 0; i < 3; i++) {
			this.logger.error("Failed", failure("password=hunter2-" + i));
		}
		LogsSnapshot snapshot = this.contributor.snapshot();
		assertThat(snapshot.problems()).singleElement().satisfies((kind) -> {
			assertThat(kind.name()).startsWith("IllegalStateException < IllegalArgumentException at failure(");
			assertThat(kind.count()).isEqualTo(3);
		});
		String id = events().get(0).id();
		assertThat(this.contributor.detail(id)).hasValueSatisfying((detail) -> {
			List<String> stack = ((LogsSnapshot.Detail) detail).stack();
			assertThat(stack.get(0)).isEqualTo("java.lang.IllegalStateException: Outer");
			assertThat(stack)
				.anyMatch((line) -> line.contains("Caused by: java.lang.IllegalArgumentException: password=*"))
				.hasSizeLessThan(2 * (Problem.MAX_FRAMES + 2) + 1)
				.noneMatch((line) -> line.contains("hunter2"));
		});
		assertThat(this.contributor.detail("none")).isEmpty();
	}

	private static IllegalStateException failure(String secret) {
		return new IllegalStateException("Outer", new IllegalArgumentException(secret));
	}

	@Test
	void secretsAreHiddenAndHostileTextStaysText() {
		List<String> lines = List.of("login password=hunter2 failed", "GET http://me:hunter2@host/x",
				"Authorization: Bearer hunter2hunter2", "Authorization: Basic hunter2", "got Bearer hunter2hunter2",
				"{\"clientSecret\":\"hunter2\"}", "Cookie: SESSION=hunter2; other=hunter2",
				"jwt eyJhbGciOiJIUzI1NiJ9.eyJodW50ZXIyIjoxfQ.hunter2hunter2", HOSTILE);
		lines.forEach(this.logger::warn);
		String snapshot = this.contributor.snapshot().toString();
		assertThat(snapshot).doesNotContain("hunter2").contains("******", "failed", "<script>alert(1)</script>");
	}

	@Test
	void longMessagesAreCut() {
		this.logger.warn("x".repeat(1_000_000));
		assertThat(events().get(0).message()).hasSizeLessThan(LogEvent.MAX_MESSAGE + 10);
		assertThat(this.contributor.snapshot().messages().get(0).message()).hasSizeLessThan(LogEvent.MAX_MESSAGE + 10);
	}

	@Test
	void whatLogsWhileItIsHiddenDoesNotGoRound() {
		UnaryOperator<String> noisy = (text) -> {
			this.logger.warn("hiding {}", text);
			return text;
		};
		LogsContributor loud = new LogsContributor(this.recorder, null, null, noisy, () -> null);
		this.logger.warn("first");
		loud.snapshot();
		loud.snapshot();
		assertThat(this.recorder.events()).hasSizeLessThanOrEqualTo(8);
	}

	@Test
	void newConfigurationOfLogbackDoesNotLoseIt() {
		context().getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this.appender);
		this.appender.stop();
		context().getCopyOfListenerList().forEach((listener) -> listener.onReset(context()));
		assertThat(attached()).contains(this.appender);
		this.logger.warn("still there");
		assertThat(events()).hasSize(1);
	}

	private static List<Appender<ILoggingEvent>> attached() {
		List<Appender<ILoggingEvent>> attached = new ArrayList<>();
		context().getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().forEachRemaining(attached::add);
		return attached;
	}

	private List<LogsSnapshot.Event> events() {
		return this.contributor.snapshot()
			.events()
			.stream()
			.filter((event) -> event.logger().equals(this.logger.getName()))
			.toList();
	}

}
