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
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;

/**
 * One request at a peer, and what can be done about it. The body of an answer is the
 * number of the call.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Exchange {

	private static final String SURPLUS = "surplus";

	private final ChannelHandlerContext context;

	private final PeerConnection connection;

	private final String call;

	private final long number;

	Exchange(ChannelHandlerContext context, PeerConnection connection, String call, long number) {
		this.context = context;
		this.connection = connection;
		this.call = call;
		this.number = number;
	}

	/**
	 * Returns which request of the site it is.
	 * @return the number, counted from 1
	 */
	long number() {
		return this.number;
	}

	void respond() {
		write(response(this.call, ""));
	}

	void respondAfter(Duration delay) {
		after(delay, this::respond);
	}

	void after(Duration delay, Runnable action) {
		this.context.executor().schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Answers, and says that there will be no other answer on the connection.
	 */
	void respondLast() {
		write(response(this.call, "Connection: close\r\n")).addListener(ChannelFutureListener.CLOSE);
	}

	/**
	 * Answers twice, the second time with the number of no call.
	 */
	void respondTwice() {
		write(response(this.call, "") + surplus());
	}

	/**
	 * Sends an answer that nobody has asked for.
	 */
	void sendSurplus() {
		write(surplus());
	}

	/**
	 * Sends everything but the end of the body, then cuts the connection.
	 * @param end how
	 */
	void respondInPart(End end) {
		String response = response(this.call, "");
		write(response.substring(0, response.length() - 1)).addListener((written) -> cut(end));
	}

	/**
	 * Cuts the connection.
	 * @param end how
	 */
	void cut(End end) {
		if (end == End.RESET) {
			((SocketChannel) this.context.channel()).config().setSoLinger(0);
		}
		this.context.close();
	}

	/**
	 * Does something unless another request comes first on the connection.
	 * @param idle how long none has come
	 * @param action what to do
	 */
	void whenIdle(Duration idle, Runnable action) {
		this.connection.whenIdle(this.context, idle, action);
	}

	private ChannelFuture write(String bytes) {
		return this.context.writeAndFlush(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
	}

	/**
	 * Sends the head of an answer that nobody has asked for.
	 */
	void sendSurplusHead() {
		write(surplus().substring(0, surplus().length() - SURPLUS.length()));
	}

	private static String surplus() {
		return response(SURPLUS, "");
	}

	private static String response(String body, String header) {
		return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + header + "Content-Length: " + body.length()
				+ "\r\n\r\n" + body;
	}

	/**
	 * How a connection ends.
	 */
	enum End {

		/**
		 * By RST.
		 */
		RESET,

		/**
		 * By FIN.
		 */
		CLOSE

	}

}
