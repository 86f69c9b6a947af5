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

package io.support.benchmarks.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * One connection with at most one request in flight. Lives on the loop's thread.
 */
final class Connection extends ChannelInboundHandlerAdapter {

	private static final int NO_REQUEST = -1;

	private final LoadRun run;

	private final Channel channel;

	private final ResponseParser response = new ResponseParser();

	private int request = NO_REQUEST;

	private long startedAt;

	Connection(LoadRun run, Channel channel) {
		this.run = run;
		this.channel = channel;
	}

	ChannelFuture connect(InetSocketAddress target, @Nullable InetSocketAddress source) {
		ChannelFuture connecting = this.channel.connect(target, source);
		return connecting.addListener((connected) -> {
			if (!connected.isSuccess()) {
				end(failure(Objects.requireNonNull(connected.cause())));
			}
		});
	}

	/**
	 * Starts a request: at once if the connection stands, otherwise when it does.
	 * @param index the index of the request
	 * @param now the time now, in nanoseconds since the start of the run
	 */
	void start(int index, long now) {
		this.request = index;
		this.startedAt = now;
		this.response.reset();
		if (this.channel.isActive()) {
			write();
		}
	}

	/**
	 * Gives the request up and closes the connection, as a client does whose patience is
	 * over.
	 */
	void giveUp() {
		end(Outcome.TIMED_OUT);
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	void close() {
		this.channel.close();
	}

	boolean isOpen() {
		return this.channel.isOpen();
	}

	long startedAt() {
		return this.startedAt;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		if (this.request != NO_REQUEST) {
			write();
		}
		else {
			this.run.idle(this);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf bytes = (ByteBuf) message;
		try {
			if (this.request == NO_REQUEST) {
				close();
			}
			else if (this.response.feed(bytes)) {
				answered();
			}
		}
		finally {
			bytes.release();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		end(failure(cause));
		close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.request == NO_REQUEST) {
			return;
		}
		if (this.response.end()) {
			answered();
		}
		else {
			end(this.response.isUntouched() ? Outcome.CLOSED : Outcome.ERROR);
		}
	}

	/*
	 * The promise that is void tells failures to exceptionCaught.
	 */
	@SuppressWarnings("FutureReturnValueIgnored")
	private void write() {
		this.channel.writeAndFlush(this.run.request(this.request), this.channel.voidPromise());
	}

	private void answered() {
		int status = this.response.status();
		Outcome outcome = Outcome.ERROR;
		if (status == 503) {
			outcome = Outcome.UNAVAILABLE;
		}
		else if (status >= 200 && status < 300) {
			outcome = this.run.isInTime(this.request) ? Outcome.OK : Outcome.LATE;
		}
		end(outcome);
	}

	private void end(Outcome outcome) {
		if (this.request == NO_REQUEST) {
			return;
		}
		int index = this.request;
		this.request = NO_REQUEST;
		this.run.ended(this, index, outcome, !this.response.isLastOfConnection());
	}

	private Outcome failure(Throwable cause) {
		String message = String.valueOf(cause.getMessage());
		if (cause instanceof ConnectException && message.contains("refused")) {
			return Outcome.NOT_CONNECTED;
		}
		boolean reset = message.contains("reset") || message.contains("Broken pipe");
		return (cause instanceof IOException && reset && this.response.isUntouched()) ? Outcome.RESET : Outcome.ERROR;
	}

}
