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

package io.support.benchmarks.faults;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.web.reactive.function.client.WebClientException;

import io.support.benchmarks.load.Percentiles;

/**
 * Keeps what becomes of calls. Calls may begin and end on any thread.
 */
final class CallLedger {

	private static final int MAX_ERRORS = 20;

	private final long[] nanos;

	private final AtomicInteger begun = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger wrong = new AtomicInteger();

	private final Map<String, Integer> errors = new TreeMap<>();

	private int failed;

	CallLedger(int calls) {
		this.nanos = new long[calls];
		Arrays.fill(this.nanos, -1);
	}

	void begun() {
		this.begun.incrementAndGet();
	}

	/**
	 * Keeps that a call has an answer.
	 * @param index the place of the call among the others
	 * @param took how long it took, in nanoseconds
	 * @param right whether the answer belongs to it
	 */
	void answered(int index, long took, boolean right) {
		this.nanos[index] = took;
		(right ? this.answered : this.wrong).incrementAndGet();
	}

	/**
	 * Keeps that a call has failed.
	 * @param index the place of the call among the others
	 * @param took how long it took, in nanoseconds
	 * @param error why
	 */
	synchronized void failed(int index, long took, Throwable error) {
		this.nanos[index] = took;
		this.failed++;
		String name = nameOf(error);
		boolean room = this.errors.size() < MAX_ERRORS || this.errors.containsKey(name);
		this.errors.merge(room ? name : "others", 1, Integer::sum);
	}

	/*
	 * WebClient wraps what its connector says.
	 */
	private static String nameOf(Throwable error) {
		Throwable cause = error.getCause();
		return ((error instanceof WebClientException && cause != null) ? cause : error).getClass().getSimpleName();
	}

	synchronized CallReport report(long wallNanos) {
		int calls = this.begun.get();
		int ended = this.answered.get() + this.wrong.get() + this.failed;
		return new CallReport(calls, this.answered.get(), this.wrong.get(), calls - ended, Map.copyOf(this.errors),
				times(0, calls), times(calls / 2, calls), wallNanos);
	}

	private Percentiles times(int from, int to) {
		return Percentiles.of(Arrays.stream(this.nanos, from, to).filter((took) -> took >= 0).toArray());
	}

}
