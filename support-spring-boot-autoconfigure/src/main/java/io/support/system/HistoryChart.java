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

package io.support.system;

import java.util.List;

/**
 * What is remembered of the last minutes: the charts, the pages that show them, and what
 * lines beyond the number that can be told apart are added up by.
 */
enum HistoryChart {

	REQUESTS("requests", "per second", Fold.SUM, "index"),

	LOOP_DELAY("loopDelay", "nanoseconds", Fold.MAX, "index", "eventloops", "admission"),

	QUEUE_AGE("queueAge", "nanoseconds", Fold.MAX, "index", "acceptor"),

	CPU("cpu", "ratio", Fold.MAX, "index"),

	LOAD("load", "threads", Fold.MAX, "index"),

	HEAP("heap", "bytes", Fold.SUM, "index"),

	COLLECTIONS("garbageCollection", "ratio", Fold.MAX, "index"),

	CONNECTIONS("connections", "connections", Fold.SUM, "index", "acceptor"),

	ACCEPTED("accepted", "per second", Fold.SUM, "acceptor"),

	CONNECTIONS_REFUSED("refusedConnections", "per second", Fold.SUM, "acceptor"),

	ADMITTED("admitted", "per second", Fold.SUM, "admission"),

	REQUESTS_REFUSED("refusedRequests", "per second", Fold.SUM, "admission"),

	IN_FLIGHT("inFlight", "requests", Fold.SUM, "admission"),

	DELAY_OF_EACH("delayOfEachLoop", "nanoseconds", Fold.MAX, "eventloops"),

	STALLS("stalls", "per second", Fold.SUM, "eventloops"),

	DEPTH("queueDepth", "calls", Fold.SUM, "dispatch"),

	CALLS("calls", "per second", Fold.SUM, "dispatch"),

	QUEUED("queued", "nanoseconds", Fold.MAX, "dispatch"),

	CALLS_REJECTED("rejected", "per second", Fold.SUM, "dispatch"),

	SENT("requests", "per second", Fold.SUM, "connections"),

	RESPONSE_TIME("responseTime", "nanoseconds", Fold.MAX, "connections"),

	FAILED("failures", "per second", Fold.SUM, "connections");

	private final String title;

	private final String unit;

	private final Fold fold;

	@SuppressWarnings("ImmutableEnumChecker") // a list of constants
	private final List<String> pages;

	HistoryChart(String title, String unit, Fold fold, String... pages) {
		this.title = title;
		this.unit = unit;
		this.fold = fold;
		this.pages = List.of(pages);
	}

	String title() {
		return this.title;
	}

	String unit() {
		return this.unit;
	}

	boolean isOn(String page) {
		return this.pages.contains(page);
	}

	/**
	 * Puts two values together.
	 * @param one one of them, or {@code NaN}
	 * @param other the other
	 * @return their sum, or the larger one
	 */
	double fold(double one, double other) {
		if (Double.isNaN(one) || Double.isNaN(other)) {
			return Double.isNaN(one) ? other : one;
		}
		return (this.fold == Fold.SUM) ? one + other : Math.max(one, other);
	}

	/** How values of several lines become one. */
	private enum Fold {

		SUM, MAX

	}

}
