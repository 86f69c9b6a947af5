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

package io.support.benchmarks.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * One connection at a peer.
 */
final class PeerConnection extends SimpleChannelInboundHandler<FullHttpRequest> {

	private final Behaviour behaviour;

	private final Census census;

	private @Nullable Future<?> idleAction;

	PeerConnection(Behaviour behaviour, Census census) {
		this.behaviour = behaviour;
		this.census = census;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		this.census.connected();
		context.fireChannelActive();
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
		cancelIdleAction();
		String call = callOf(request);
		this.behaviour.answer(new Exchange(context, this, call, this.census.requested(numberOf(call))));
	}

	/*
	 * The number of the call is the body, or the end of the path where there is none.
	 */
	private static String callOf(FullHttpRequest request) {
		return HttpMethod.POST.equals(request.method()) ? request.content().toString(StandardCharsets.ISO_8859_1)
				: request.uri().substring(request.uri().lastIndexOf('/') + 1);
	}

	private static int numberOf(String call) {
		try {
			return Integer.parseInt(call);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	void whenIdle(ChannelHandlerContext context, Duration idle, Runnable action) {
		cancelIdleAction();
		this.idleAction = context.executor().schedule(action, idle.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void cancelIdleAction() {
		Future<?> action = this.idleAction;
		if (action != null) {
			action.cancel(false);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		cancelIdleAction();
		context.fireChannelInactive();
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored")
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
