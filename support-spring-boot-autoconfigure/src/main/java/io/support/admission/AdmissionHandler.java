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

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.ReferenceCountUtil;

/**
 * Stands behind the HTTP codec of one connection, or of one stream of HTTP/2, and answers
 * what is not admitted with a 503 that was made beforehand. What follows the headers of
 * such a request is thrown away. A request behind another one on the same connection is
 * let through: its answer would overtake the other's.
 */
final class AdmissionHandler extends ChannelDuplexHandler {

	private static final FullHttpResponse REFUSAL = refusal(HttpHeaderNames.RETRY_AFTER, "1",
			HttpHeaderNames.CONTENT_LENGTH, "0");

	private static final FullHttpResponse LAST_REFUSAL = refusal(HttpHeaderNames.RETRY_AFTER, "1",
			HttpHeaderNames.CONTENT_LENGTH, "0", HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);

	private final LoopTurn turn;

	private final Judge judge;

	private final Ending ending;

	private final RequestProgress progress;

	private int inFlight;

	private boolean counted;

	private boolean discarding;

	private boolean readsOn;

	AdmissionHandler(LoopTurn turn, Judge judge, Ending ending, RequestProgress progress) {
		this.turn = turn;
		this.judge = judge;
		this.ending = ending;
		this.progress = progress;
	}

	private static FullHttpResponse refusal(CharSequence... headers) {
		return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE,
				Unpooled.EMPTY_BUFFER, new ReadOnlyHttpHeaders(false, headers), EmptyHttpHeaders.INSTANCE);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.discarding) {
			discard(message);
			return;
		}
		if (message instanceof HttpRequest request) {
			if (this.inFlight == 0) {
				Verdict verdict = this.judge.judge(request, this.turn);
				if (verdict.isRefusal()) {
					refuse(context, request);
					discard(message);
					return;
				}
				this.counted = verdict == Verdict.ADMITTED;
				this.progress.started();
			}
			this.inFlight++;
		}
		context.fireChannelRead(message);
	}

	private void discard(Object message) {
		this.discarding = !(message instanceof LastHttpContent);
		this.readsOn = true;
		ReferenceCountUtil.release(message);
	}

	/*
	 * Reactor Netty reads on when it has answered, and it has not seen this request.
	 */
	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.readsOn) {
			this.readsOn = false;
			context.read();
		}
		context.fireChannelReadComplete();
	}

	@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails is closed
	private void refuse(ChannelHandlerContext context, HttpRequest request) {
		switch (this.ending) {
			case STREAM -> context.writeAndFlush(REFUSAL).addListener(ChannelFutureListener.CLOSE);
			case CLOSE -> context.writeAndFlush(LAST_REFUSAL).addListener(ChannelFutureListener.CLOSE);
			case KEEP -> {
				if (HttpUtil.isKeepAlive(request) && !HttpUtil.is100ContinueExpected(request)) {
					context.writeAndFlush(REFUSAL);
				}
				else {
					context.writeAndFlush(LAST_REFUSAL).addListener(ChannelFutureListener.CLOSE);
				}
			}
		}
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.inFlight > 0 && !isInterim(message)) {
			if (message instanceof HttpResponse response) {
				answered(response.status(), message instanceof LastHttpContent);
			}
			if (message instanceof LastHttpContent) {
				ended();
			}
		}
		context.write(message, promise);
	}

	/*
	 * Complete by itself, but not the answer.
	 */
	private static boolean isInterim(Object message) {
		return message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL
				&& !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
	}

	/*
	 * What follows the head is the client's time, or a stream without an end.
	 */
	private void answered(HttpResponseStatus status, boolean complete) {
		if (!complete) {
			this.progress.answering();
		}
		if (this.counted) {
			this.counted = false;
			this.judge.answered(!status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE));
		}
	}

	private void ended() {
		this.inFlight--;
		this.progress.ended();
		if (this.inFlight > 0) {
			// The request behind it has been read, and has waited for this.
			this.progress.started();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		abandon();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		abandon();
	}

	private void abandon() {
		this.progress.ended();
		if (this.counted) {
			this.counted = false;
			this.judge.abandoned();
		}
	}

	/**
	 * What becomes of a connection after a refusal.
	 */
	enum Ending {

		/** It ends. */
		CLOSE,

		/** It goes on if the client wants it to. */
		KEEP,

		/** It is a stream of HTTP/2 and ends; its connection goes on. */
		STREAM

	}

}
