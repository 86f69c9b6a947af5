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

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.channel.Channel;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.support.stats.RefusalTally;

/**
 * Refuses connections, so that the client knows at once, and tells of it in at most one
 * line a second however many they are. Thread-safe.
 */
final class Refusals {

	private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

	private final Refusal refusal;

	private final RawSocket socket;

	private final AcceptorStatistics statistics;

	private final AcceptQueue queue;

	private final ConnectionPermits permits;

	private final RefusalTally tally;

	Refusals(Refusal refusal, RawSocket socket, AcceptorStatistics statistics, AcceptQueue queue,
			ConnectionPermits permits) {
		this.refusal = refusal;
		this.socket = socket;
		this.statistics = statistics;
		this.queue = queue;
		this.permits = permits;
		this.tally = new RefusalTally(Stream.of(RefusalReason.values()).map(RefusalReason::tag).toList(),
				Refusals::inASecond, this::tell);
	}

	/**
	 * Refuses a connection that no loop has registered yet.
	 * @param connection the connection
	 * @param reason why
	 */
	void refuse(Channel connection, RefusalReason reason) {
		this.statistics.refused(reason);
		this.socket.end(connection, this.refusal);
		this.tally.refused(reason.tag());
	}

	/*
	 * Not on one of the loops: a log that blocks must not stop the accepting.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // what a log throws, nobody can help
	private static void inASecond(Runnable telling) {
		GlobalEventExecutor.INSTANCE.schedule(telling, 1, TimeUnit.SECONDS);
	}

	private void tell(long total, String reasons) {
		logger.warn("Refused {} connections within a second ({}); {} of {} wait, {} of {} are served", total, reasons,
				this.queue.depth(), this.queue.capacity(), this.permits.inUse(), this.permits.limit());
	}

}
