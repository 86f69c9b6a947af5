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

package io.support.dispatch.web;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

import io.support.context.TaskInFlight;
import io.support.context.TaskSource;
import io.support.dispatch.Originator;
import io.support.dispatch.TaskOrigin;

/**
 * Says that what the thread of a servlet request does belongs to the request, and knows
 * which requests are in flight, with a thread or asynchronously: as many as the container
 * has connections for. Thread-safe.
 */
public final class RequestOriginFilter implements Filter, Ordered, TaskSource {

	private final LongSupplier clock;

	private final Set<Handling> inFlight = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a filter.
	 * @param clock gives the time in nanoseconds, such as {@code System::nanoTime}
	 */
	public RequestOriginFilter(LongSupplier clock) {
		this.clock = clock;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	@SuppressWarnings("try") // the scope is for what is done in it
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (!(request instanceof HttpServletRequest http)) {
			try (TaskOrigin.Scope scope = TaskOrigin.REQUEST.open()) {
				chain.doFilter(request, response);
			}
			return;
		}
		handle(http, response, chain);
	}

	@SuppressWarnings("try") // the scope is for what is done in it
	private void handle(HttpServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		// The container uses the request again, its texts it does not.
		Originator originator = Originator.request(request.getMethod(), request.getRequestURI());
		Handling handling = new Handling(originator, request.getRemoteAddr(), request.getRemotePort(),
				this.clock.getAsLong());
		this.inFlight.add(handling);
		try (TaskOrigin.Scope scope = originator.open()) {
			chain.doFilter(request, response);
		}
		finally {
			handling.leftByThread();
			if (!handling.goesOn(request)) {
				this.inFlight.remove(handling);
			}
		}
	}

	@Override
	public void forEachTask(Consumer<TaskInFlight> tasks) {
		long now = this.clock.getAsLong();
		this.inFlight.forEach((handling) -> tasks.accept(handling.describe(now)));
	}

	/**
	 * One request in flight.
	 */
	private final class Handling implements AsyncListener {

		private final Originator originator;

		private final String host;

		private final int port;

		private final long startedNanos;

		private volatile @Nullable Thread thread = Thread.currentThread();

		Handling(Originator originator, String host, int port, long startedNanos) {
			this.originator = originator;
			this.host = host;
			this.port = port;
			this.startedNanos = startedNanos;
		}

		void leftByThread() {
			this.thread = null;
		}

		/**
		 * Says whether the request is answered later, and follows it until then.
		 * @param request the request
		 * @return whether it has not ended
		 */
		boolean goesOn(HttpServletRequest request) {
			if (!request.isAsyncStarted()) {
				return false;
			}
			try {
				request.getAsyncContext().addListener(this);
				return true;
			}
			catch (IllegalStateException ex) {
				// It has ended meanwhile.
				return false;
			}
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

		@Override
		public void onComplete(AsyncEvent event) {
			RequestOriginFilter.this.inFlight.remove(this);
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			// It is completed after that.
		}

		@Override
		public void onError(AsyncEvent event) {
			// The same.
		}

		TaskInFlight describe(long now) {
			long age = Math.max(0, now - this.startedNanos);
			String what = this.originator.describe();
			return new TaskInFlight("http-" + Integer.toHexString(System.identityHashCode(this)), "http",
					(what != null) ? what : "a request", TaskInFlight.RUNNING, age, null, age, null,
					this.host + ':' + this.port, null, () -> this.thread);
		}

	}

}
