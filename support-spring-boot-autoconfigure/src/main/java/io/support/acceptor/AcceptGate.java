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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first handler of the listening channel: refuses a connection for which there is no
 * room before anything is set up for it, and makes a failing {@code accept} visible: as a
 * rule the process has no file descriptor left, so idle connections are closed.
 */
final class AcceptGate extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(AcceptGate.class);

	private final HandOff handOff;

	private final AcceptorStatistics statistics;

	AcceptGate(HandOff handOff, AcceptorStatistics statistics) {
		this.handOff = handOff;
		this.statistics = statistics;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof Channel connection && this.handOff.refuseAtOnce(connection)) {
			return;
		}
		context.fireChannelRead(message);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		// Reactor Netty's own handler behind this one pauses for a second, which bounds
		// the number of these lines.
		this.statistics.paused();
		this.handOff.freeDescriptors();
		logger.warn("Cannot accept connections on {}, trying again in a second: {}", context.channel().localAddress(),
				cause.toString());
		context.fireExceptionCaught(cause);
	}

}
