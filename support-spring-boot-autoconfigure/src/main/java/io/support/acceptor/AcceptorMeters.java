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

package io.support.acceptor;

import io.support.stats.DescribedMeter;
import io.support.stats.MeterTag;

/**
 * The acceptor's meters.
 */
enum AcceptorMeters implements DescribedMeter {

	ACCEPTED(Description.counter("support.acceptor.accepted", "connections",
			"Connections taken from the kernel, refused ones among them")),

	REFUSED(Description.counter("support.acceptor.refused", "connections", "Connections refused", MeterTag.REASON)),

	PAUSES(Description.counter("support.acceptor.pauses", "pauses",
			"Times that accepting failed and paused for a second, as a rule because no file descriptor was left")),

	IDLE_CLOSED(Description.counter("support.acceptor.idle.closed", "connections",
			"Idle connections closed to make room or file descriptors for new ones")),

	ABANDONED(Description.counter("support.acceptor.abandoned", "connections",
			"Connections that their clients had closed before a worker loop took them")),

	KERNEL_OVERFLOWS(Description.counter("support.acceptor.kernel.overflows", "connections",
			"Connections that the kernel had no room for in a backlog, of all listeners of this host since the start")),

	HANDSHAKE(Description.timer("support.acceptor.handshake", "Time that TLS handshakes took, without failures")),

	HANDSHAKE_FAILURES(Description.counter("support.acceptor.handshake.failures", "handshakes",
			"TLS handshakes that failed, took too long or were given up by the client")),

	QUEUE_DEPTH(Description.gauge("support.acceptor.queue.depth", "connections",
			"Connections that wait for a worker loop")),

	QUEUE_AGE(Description.timer("support.acceptor.queue.age",
			"Time that connections have waited when a worker loop takes them")),

	QUEUE_AGE_LIMIT(Description.gauge("support.acceptor.queue.age.limit", "seconds",
			"Time that a connection may wait at this moment, which is short while none has passed the queue quickly")),

	CONNECTIONS(Description.gauge("support.acceptor.connections", "connections", "Connections being served"));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	AcceptorMeters(Description description) {
		this.description = description;
	}

	@Override
	public Description description() {
		return this.description;
	}

}
