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

package io.support.benchmarks.stats;

import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.helpers.NOPAppender;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.logging.LogLevel;

import io.support.logs.LogRecorder;
import io.support.logs.LogbackAppender;
import io.support.logs.LogsSettings;

/**
 * What a log event costs the thread that logs, with and without the recorder, and with an
 * appender that does nothing in either case.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LogBenchmark {

	private static final int DIFFERENT = 1024;

	private final Logger stock = logger();

	private final Logger recorded = logger(new LogbackAppender(new LogRecorder(new LogsSettings(LogLevel.WARN, 256))));

	private final IllegalStateException failure = new IllegalStateException("It has failed",
			new IllegalArgumentException("Because of this"));

	private final String[] messages = new String[DIFFERENT];

	private int next;

	/**
	 * Prepares the messages.
	 */
	public LogBenchmark() {
		for (int i = 0; i < DIFFERENT; i++) {
			this.messages[i] = "Something has happened in place " + Integer.toString(i, 36).replaceAll("\\d", "x");
		}
	}

	private static Logger logger(LogbackAppender... appenders) {
		LoggerContext context = new LoggerContext();
		Logger logger = context.getLogger("shop.Orders");
		NOPAppender<ILoggingEvent> nothing = new NOPAppender<>();
		nothing.setContext(context);
		nothing.start();
		logger.addAppender(nothing);
		for (LogbackAppender appender : appenders) {
			appender.setContext(context);
			appender.start();
			logger.addAppender(appender);
		}
		return logger;
	}

	/**
	 * An event of a level that is only counted.
	 */
	@Benchmark
	public void info() {
		this.recorded.info("Order {} is paid", 17);
	}

	/**
	 * The same without the recorder.
	 */
	@Benchmark
	public void infoStock() {
		this.stock.info("Order {} is paid", 17);
	}

	/**
	 * The same warning again and again, of which hardly one is kept.
	 */
	@Benchmark
	public void flood() {
		this.recorded.warn("Order {} is late", 17);
	}

	/**
	 * The same without the recorder.
	 */
	@Benchmark
	public void floodStock() {
		this.stock.warn("Order {} is late", 17);
	}

	/**
	 * Warnings of which each is another one, so that most are kept.
	 */
	@Benchmark
	public void warnings() {
		this.recorded.warn(this.messages[this.next++ & (DIFFERENT - 1)]);
	}

	/**
	 * The same with an exception.
	 */
	@Benchmark
	public void exceptions() {
		this.recorded.warn(this.messages[this.next++ & (DIFFERENT - 1)], this.failure);
	}

	/**
	 * The same without the recorder.
	 */
	@Benchmark
	public void exceptionsStock() {
		this.stock.warn(this.messages[this.next++ & (DIFFERENT - 1)], this.failure);
	}

}
