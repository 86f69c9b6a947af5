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

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.logging.LogLevel;

/**
 * Gives the events of Logback's root logger to a {@link LogRecorder}, from the moment at
 * which the bean is there until it is destroyed, also after Logback has been configured
 * anew. Loggers that pass nothing on to the root ({@code additivity="false"}) are not
 * heard.
 * <p>
 * Does not wait, does not log, and keeps neither events nor exceptions: what it needs of
 * them is copied.
 */
public final class LogbackAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
		implements InitializingBean, DisposableBean {

	private final LogRecorder recorder;

	private final LoggerContextListener afterReset = new AfterReset();

	private @Nullable LoggerContext loggers;

	/**
	 * Creates an appender that is not attached yet.
	 * @param recorder keeps the events
	 */
	public LogbackAppender(LogRecorder recorder) {
		this.recorder = recorder;
		setName("support-logs-" + Integer.toHexString(System.identityHashCode(this)));
	}

	/**
	 * Says whether Logback is what is logged with: it may be on the class path and not in
	 * use.
	 * @return whether events will come
	 */
	public static boolean isInUse() {
		return LoggerFactory.getILoggerFactory() instanceof LoggerContext;
	}

	@Override
	public void afterPropertiesSet() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			this.loggers = context;
			attach(context);
			context.addListener(this.afterReset);
		}
	}

	private void attach(LoggerContext loggers) {
		setContext(loggers);
		start();
		loggers.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this);
	}

	@Override
	public void destroy() {
		LoggerContext loggers = this.loggers;
		if (loggers != null) {
			loggers.removeListener(this.afterReset);
			loggers.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
			stop();
		}
	}

	@Override
	protected void append(ILoggingEvent event) {
		LogLevel level = level(event.getLevel());
		if (this.recorder.count(level)) {
			this.recorder.record(event.getTimeStamp(), level, event.getLoggerName(), event.getMessage(),
					event::getFormattedMessage, () -> problem(event.getThrowableProxy(), Problem.MAX_CAUSES));
		}
	}

	private static LogLevel level(Level level) {
		return switch (level.toInt()) {
			case Level.ERROR_INT -> LogLevel.ERROR;
			case Level.WARN_INT -> LogLevel.WARN;
			case Level.INFO_INT -> LogLevel.INFO;
			case Level.DEBUG_INT -> LogLevel.DEBUG;
			default -> LogLevel.TRACE;
		};
	}

	private static @Nullable Problem problem(@Nullable IThrowableProxy thrown, int causes) {
		if (thrown == null) {
			return null;
		}
		StackTraceElementProxy[] stack = thrown.getStackTraceElementProxyArray();
		int length = (stack != null) ? stack.length : 0;
		List<StackTraceElement> frames = new ArrayList<>(Math.min(length, Problem.MAX_FRAMES));
		for (int i = 0; i < Math.min(length, Problem.MAX_FRAMES); i++) {
			frames.add(stack[i].getStackTraceElement());
		}
		return new Problem(thrown.getClassName(),
				(thrown.getMessage() != null) ? LogEvent.cut(thrown.getMessage()) : null, frames,
				length - frames.size(), (causes > 0) ? problem(thrown.getCause(), causes - 1) : null);
	}

	/**
	 * A new configuration begins with nothing, this appender included.
	 */
	private final class AfterReset implements LoggerContextListener {

		@Override
		public boolean isResetResistant() {
			return true;
		}

		@Override
		public void onReset(LoggerContext context) {
			attach(context);
		}

		@Override
		public void onStart(LoggerContext context) {
		}

		@Override
		public void onStop(LoggerContext context) {
		}

		@Override
		public void onLevelChange(Logger logger, Level level) {
		}

	}

}
