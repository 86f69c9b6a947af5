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

import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;

/**
 * A connection that has been accepted and that no worker loop has started yet. Whoever
 * takes it out of the queue owns it, and either registers or refuses it.
 *
 * @param registration completed when a worker loop has registered the channel; never
 * completed for a connection that is refused, because Reactor Netty would log a failure
 * with its stack
 * @param acceptedAtNanos when it was accepted, on the acceptor's clock
 */
record WaitingConnection(ChannelPromise registration, long acceptedAtNanos) {

	Channel channel() {
		return this.registration.channel();
	}

	long ageNanos(long nowNanos) {
		return nowNanos - this.acceptedAtNanos;
	}

}
