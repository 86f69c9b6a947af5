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

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses connections, so that the client knows at once, and tells of it in at most one
 * line a second however many they are. Thread-safe.
 */
final class Refusals {

	private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

	private final AcceptorStatistics statistics;

	private final AcceptQueue queue;

	private final ServedConnections served;

	private final Map<RefusalReason, LongAdder> untold = new EnumMap<>(RefusalReason.class);

	private final AtomicBoolean telling = new AtomicBoolean();

	Refusals(AcceptorStatistics statistics, AcceptQueue queue, ServedConnections served) {
		this.statistics = statistics;
		this.queue = queue;
		this.served = served;
		for (RefusalReason reason : RefusalReason.values()) {
			this.untold.put(reason, new LongAdder());
		}
	}

	/**
	 * Resets a connection that no loop has registered yet.
	 * @param connection the connection
	 * @param reason why
	 */
	void refuse(Channel connection, RefusalReason reason) {
		this.statistics.refused(reason);
		reset(connection);
		LongAdder count = this.untold.get(reason);
		if (count != null) {
			count.increment();
		}
		if (!this.telling.get() && this.telling.compareAndSet(false, true)) {
			tellLater();
		}
	}

	/*
	 * Not on one of the loops: a log that blocks must not stop the accepting.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // what a log throws, nobody can help
	private void tellLater() {
		GlobalEventExecutor.INSTANCE.schedule(this::tell, 1, TimeUnit.SECONDS);
	}

	/*
	 * Lingering for zero seconds sends RST instead of FIN: the client's next read or
	 * write fails, and no port stays in TIME_WAIT here.
	 */
	private void reset(Channel connection) {
		try {
			connection.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		catch (ChannelException ex) {
			logger.debug("Closing {} without a reset, the peer is gone already", connection, ex);
		}
		connection.unsafe().closeForcibly();
	}

	private void tell() {
		this.telling.set(false);
		StringBuilder reasons = new StringBuilder();
		long total = 0;
		for (Map.Entry<RefusalReason, LongAdder> entry : this.untold.entrySet()) {
			long count = entry.getValue().sumThenReset();
			if (count > 0) {
				reasons.append(reasons.isEmpty() ? "" : ", ").append(entry.getKey().tag()).append(' ').append(count);
				total += count;
			}
		}
		logger.warn("Refused {} connections within a second ({}); {} of {} wait, {} of {} are served", total, reasons,
				this.queue.depth(), this.queue.capacity(), this.served.count(), this.served.limit());
	}

}
