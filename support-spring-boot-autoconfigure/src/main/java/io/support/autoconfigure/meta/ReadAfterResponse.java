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

package io.support.autoconfigure.meta;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Asks for the next request after every response. Reactor Netty 1.3.7 forgets to do so
 * when a request that came before the end of the one before it is answered at once, by an
 * asset or a "not found", say: the connection then is silent for ever. To be removed with
 * a version that has the end of
 * <a href="https://github.com/reactor/reactor-netty/issues/4361">this defect</a>.
 */
final class ReadAfterResponse extends ChannelOutboundHandlerAdapter {

	private static final String NAME = "support.readAfterResponse";

	static HttpServer install(HttpServer server) {
		return server.doOnChannelInit((observer, channel, address) -> {
			ChannelPipeline pipeline = channel.pipeline();
			if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
				pipeline.addBefore(NettyPipeline.HttpTrafficHandler, NAME, new ReadAfterResponse());
			}
		});
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		boolean last = message instanceof LastHttpContent;
		super.write(context, message, promise);
		if (last) {
			context.executor().execute(context::read);
		}
	}

}
