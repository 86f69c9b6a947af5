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

package io.support.admission;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Waits behind the handler that agrees with the client upon HTTP/1.1 or HTTP/2, and
 * leaves when that is done.
 */
final class Negotiation extends ChannelInboundHandlerAdapter {

	private final Consumer<Channel> whenDone;

	Negotiation(Consumer<Channel> whenDone) {
		this.whenDone = whenDone;
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent) {
			context.pipeline().remove(this);
			this.whenDone.accept(context.channel());
		}
		context.fireUserEventTriggered(event);
	}

}
