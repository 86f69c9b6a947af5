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

package io.support.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServer;

/**
 * Asks for the next request after every response. Reactor Netty 1.3.7 forgets to do so
 * when a request that came before the end of the one before it is answered at once: the
 * connection then is silent for ever. A client needs no pipelining for that, only a
 * server whose thread loses its core between the answer and what follows it. To be
 * removed with a version that has the end of
 * <a href="https://github.com/reactor/reactor-netty/issues/4361">this defect</a>.
 */
public final class ReadAfterResponse extends ChannelOutboundHandlerAdapter {

	private static final String NAME = "support.readAfterResponse";

	private @Nullable Runnable read;

	private ReadAfterResponse() {
	}

	/**
	 * Has every connection of HTTP/1.1 read on.
	 * @param server the server
	 * @return the server whose connections read on
	 */
	public static HttpServer install(HttpServer server) {
		return RequestPipelines.handle(server, NAME,
				(channel, kind) -> (kind == RequestPipelines.Kind.CONNECTION) ? new ReadAfterResponse() : null);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.read = context::read;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		boolean last = message instanceof LastHttpContent;
		super.write(context, message, promise);
		if (last && this.read != null) {
			context.executor().execute(this.read);
		}
	}

}
