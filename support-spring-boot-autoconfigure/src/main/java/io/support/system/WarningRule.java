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

import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.Nullable;

import io.support.context.WarningSource.Severity;

/**
 * What is trouble: a meter that says so, and what to do about it then.
 */
enum WarningRule {

	CANNOT_ACCEPT(Severity.CRITICAL, "support.acceptor.pauses", "acceptor",
			"Accepting failed, as a rule because no file descriptor is left",
			"The page files says what is open; raise the limit of open files, or lower support.acceptor.max-connections"),

	KERNEL_OVERFLOWS(Severity.CRITICAL, "support.acceptor.kernel.overflows", "acceptor",
			"The kernel has dropped connections before they were accepted",
			"The accept loop gets no processor, or net.core.somaxconn is too small for the backlog"),

	LOOPS_STALLED(Severity.CRITICAL, "support.eventloop.stalled", "eventloops", "Event loops are stalled now",
			"The page has the frame that holds them: blocking work belongs behind @IoBound, long work behind @CpuBound") {

		@Override
		boolean isAmount() {
			return true;
		}

	},

	CONNECTIONS_REFUSED(Severity.WARNING, "support.acceptor.refused", "acceptor", "Connections were refused",
			"More arrives than the event loops can serve: add instances, or find what holds the loops"),

	REQUESTS_REFUSED(Severity.WARNING, "support.admission.refused", "admission", "Requests were answered with 503",
			"They come faster than they are answered: is it the delay of the loops, or the limit of those in flight?"),

	HANDSHAKES_FAILED(Severity.WARNING, "support.acceptor.handshake.failures", "acceptor", "TLS handshakes failed",
			"A certificate that has expired, clients that speak another version, or somebody who scans the port"),

	STALLS(Severity.WARNING, "support.eventloop.stalls", "eventloops", "Event loops were stalled",
			"The page has the stacks, the most frequent ones together"),

	CALLS_REJECTED(Severity.WARNING, "support.dispatch.rejected", "dispatch", "Dispatched calls were refused",
			"The queue is full, or calls wait for too long: the page tasks says what is in flight, and where it is"),

	CALLS_TIMED_OUT(Severity.WARNING, "support.dispatch.timeouts", "dispatch", "Dispatched calls took too long",
			"What they wait for is slow: the page tasks says where; or the time-out is too short for it"),

	ADDRESSES_DOWN(Severity.WARNING, "support.state.count", "connections", "Addresses are marked down",
			"The page has the last failure of each") {

		@Override
		boolean isAmount() {
			return true;
		}

		@Override
		boolean applies(Meter.Id id) {
			return "down".equals(id.getTag("state")) && String.valueOf(id.getTag("machine")).startsWith("group.");
		}

	},

	NO_CONNECTION(Severity.WARNING, "support.connections.refused", "connections", "Requests got no connection",
			"The service is slower than usual, or max-connections is too small for it"),

	SOCKETS_NEAR_LIMIT(Severity.WARNING, "support.connections.open", "connections",
			"Nearly all sockets that there may be are open",
			"The page files says to whom they lead; raise support.connections.max-connections and the limit of open files") {

		@Override
		String limit() {
			return "support.connections.limit";
		}

	},

	BUDGET_SPENT(Severity.WARNING, "support.connections.budget.exhausted", "connections",
			"So many requests failed that no more were sent again",
			"Look at the service: sending more to it would make it worse"),

	PAGES_REFUSED(Severity.INFO, "support.meta.refused", "threads", "Pages like this one were refused",
			"Somebody asks for them faster than they can be made, or one of them hangs");

	private final Severity severity;

	private final String meter;

	private final String page;

	private final String what;

	private final String action;

	WarningRule(Severity severity, String meter, String page, String what, String action) {
		this.severity = severity;
		this.meter = meter;
		this.page = page;
		this.what = what;
		this.action = action;
	}

	Severity severity() {
		return this.severity;
	}

	String meter() {
		return this.meter;
	}

	String page() {
		return this.page;
	}

	String what() {
		return this.what;
	}

	String action() {
		return this.action;
	}

	/**
	 * Says whether the meter is how much trouble there is now, and not how often there
	 * was some since the start.
	 * @return whether it is a gauge
	 */
	boolean isAmount() {
		return false;
	}

	/**
	 * Returns the meter that this one must not come near.
	 * @return its name; {@code null} if none of it would be best
	 */
	@Nullable String limit() {
		return null;
	}

	/**
	 * Says whether one of several meters of the same name is meant.
	 * @param id the meter
	 * @return whether its tags are those of trouble
	 */
	boolean applies(Meter.Id id) {
		return true;
	}

}
