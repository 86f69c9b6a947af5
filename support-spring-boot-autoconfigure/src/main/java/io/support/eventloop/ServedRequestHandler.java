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

package io.support.eventloop;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind the HTTP codec of one connection, or of one stream of HTTP/2, and says
 * which request the loop is serving while the application is called.
 */
final class ServedRequestHandler extends ChannelInboundHandlerAdapter {

	private final ServedRequest served;

	private @Nullable HttpRequest request;

	ServedRequestHandler(ServedRequest served) {
		this.served = served;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		HttpRequest request = (message instanceof HttpRequest head) ? head : this.request;
		// Somebody may have released the message afterwards.
		this.request = (message instanceof LastHttpContent) ? null : request;
		if (request == null) {
			context.fireChannelRead(message);
			return;
		}
		this.served.begin(request);
		try {
			context.fireChannelRead(message);
		}
		finally {
			this.served.end();
		}
	}

}
