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

package io.support.socket;

import java.util.concurrent.atomic.LongAdder;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

/**
 * How many wait on the sockets of many connections, and how many were refused because too
 * many did. The sockets of a connection count where its channel says; of one that says
 * nothing nobody knows. Thread-safe.
 */
public final class SocketFigures {

	private static final AttributeKey<SocketFigures> KEY = AttributeKey.valueOf("support.socketFigures");

	private final LongAdder waiting = new LongAdder();

	private final LongAdder refused = new LongAdder();

	/**
	 * Creates figures of which nothing counts yet.
	 */
	public SocketFigures() {
	}

	/**
	 * Counts the sockets of a connection here, those that are made from now on.
	 * @param channel the connection
	 */
	public void include(Channel channel) {
		channel.attr(KEY).set(this);
	}

	static SocketFigures of(Channel channel) {
		SocketFigures figures = channel.attr(KEY).get();
		return (figures != null) ? figures : new SocketFigures();
	}

	/**
	 * Returns how many calls wait to receive or to send.
	 * @return their number now
	 */
	public long waiting() {
		return this.waiting.sum();
	}

	/**
	 * Returns how many calls were refused because as many waited as may.
	 * @return their number since the start
	 */
	public long refused() {
		return this.refused.sum();
	}

	void came() {
		this.waiting.increment();
	}

	void left() {
		this.waiting.decrement();
	}

	void refuse() {
		this.refused.increment();
	}

}
