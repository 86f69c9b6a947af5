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

package io.support.dispatch;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A dispatcher refused a call that it could not take. Nothing of the call has run; a
 * {@code Flux} that asks for more of its elements may be refused after some of them.
 * <p>
 * Thrown when the application can least afford it, so it has no stack trace of its own;
 * the message and the accessors say what happened.
 */
public final class DispatchRejectedException extends RejectedExecutionException {

	/** Which dispatcher refused. */
	private final String dispatcher;

	/** How many calls waited. */
	private final int queueDepth;

	/** How many might have waited. */
	private final int queueCapacity;

	/** Why it refused. */
	private final Reason reason;

	private DispatchRejectedException(String message, String dispatcher, int queueDepth, int queueCapacity,
			Reason reason) {
		super(message);
		this.dispatcher = dispatcher;
		this.queueDepth = queueDepth;
		this.queueCapacity = queueCapacity;
		this.reason = reason;
	}

	static DispatchRejectedException queueFull(String dispatcher, int queueDepth, int queueCapacity) {
		String message = "Dispatcher '" + dispatcher + "' refused a call: " + queueDepth + " of " + queueCapacity
				+ " places in its queue are taken; raise support.dispatch." + dispatcher + ".queue-capacity or ."
				+ "threads if it can serve more";
		return new DispatchRejectedException(message, dispatcher, queueDepth, queueCapacity, Reason.QUEUE_FULL);
	}

	static DispatchRejectedException expectedAge(String dispatcher, int queueDepth, int queueCapacity,
			long maxAgeNanos) {
		String message = "Dispatcher '" + dispatcher + "' refused a call: " + queueDepth + " of " + queueCapacity
				+ " places in its queue are taken, more than it gets to within the " + millis(maxAgeNanos)
				+ " ms that a call of a request may wait now; " + wayOut(dispatcher);
		return new DispatchRejectedException(message, dispatcher, queueDepth, queueCapacity, Reason.EXPECTED_AGE);
	}

	static DispatchRejectedException queueAge(String dispatcher, int queueDepth, int queueCapacity, long ageNanos,
			long maxAgeNanos) {
		String message = "Dispatcher '" + dispatcher + "' refused a call: it has waited for " + millis(ageNanos)
				+ " ms, and a call of a request may wait for " + millis(maxAgeNanos) + " ms now, " + queueDepth + " of "
				+ queueCapacity + " places in the queue are taken; " + wayOut(dispatcher);
		return new DispatchRejectedException(message, dispatcher, queueDepth, queueCapacity, Reason.QUEUE_AGE);
	}

	private static String wayOut(String dispatcher) {
		return "raise support.dispatch." + dispatcher + ".threads if it can serve more, .max-queue-age and "
				+ ".overloaded-queue-age if clients wait for longer";
	}

	private static long millis(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(nanos);
	}

	static DispatchRejectedException shutdown(String dispatcher, int queueDepth, int queueCapacity) {
		String message = "Dispatcher '" + dispatcher + "' refused a call: it is shutting down, " + queueDepth + " of "
				+ queueCapacity + " places in its queue are taken; raise support.dispatch.shutdown-timeout if calls "
				+ "need longer to finish";
		return new DispatchRejectedException(message, dispatcher, queueDepth, queueCapacity, Reason.SHUTDOWN);
	}

	/**
	 * Returns which dispatcher refused.
	 * @return the dispatcher's name
	 */
	public String getDispatcher() {
		return this.dispatcher;
	}

	/**
	 * Returns how many calls were waiting.
	 * @return the number of calls in the queue
	 */
	public int getQueueDepth() {
		return this.queueDepth;
	}

	/**
	 * Returns how many calls may wait.
	 * @return the capacity of the queue
	 */
	public int getQueueCapacity() {
		return this.queueCapacity;
	}

	/**
	 * Returns why the call was refused.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	@Override
	@SuppressWarnings("UnsynchronizedOverridesSynchronized")
	public Throwable fillInStackTrace() {
		return this;
	}

	/**
	 * Why a call was refused.
	 */
	public enum Reason {

		/**
		 * All threads are busy, and the queue is full.
		 */
		QUEUE_FULL("queue-full"),

		/**
		 * It belongs to a request, and more calls wait than can start in time, as fast as
		 * the queue moves.
		 */
		EXPECTED_AGE("expected-age"),

		/**
		 * It belongs to a request, and has waited for longer than is useful.
		 */
		QUEUE_AGE("queue-age"),

		/**
		 * The application is shutting down.
		 */
		SHUTDOWN("shutdown");

		private final String tag;

		Reason(String tag) {
			this.tag = tag;
		}

		/**
		 * Returns the reason as it is shown in meters, pages and logs.
		 * @return lower-case letters and dashes
		 */
		String tag() {
			return this.tag;
		}

	}

}
