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

package io.support.socket;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;

/**
 * Takes a connection over: the last of its handlers but those of Reactor Netty, to which
 * it leaves nothing of what arrives.
 * <p>
 * While it is there the channel tells apart the end of what the peer sends, which is the
 * end of the stream, and the end of the connection, by which something may be lost; and a
 * pool does not get the connection back. Both are as before when it has left.
 */
final class SocketHandler extends ChannelInboundHandlerAdapter {

	private static final String NAME = "support.bufferedSocket";

	private final Channel channel;

	private final ReceiveQueue receives;

	private final SendQueue sends;

	private final boolean autoRead;

	private final boolean persistent;

	/** {@code null} where the transport does not know it. */
	private final @Nullable Boolean halfClosure;

	/** Has received until now, {@code null} if nobody could. */
	private final @Nullable ChannelOperations<?, ?> predecessor;

	/**
	 * The last thread that was found to be one that may wait. Asking costs as much as
	 * receiving a short message, and mostly it is the same thread; a race is harmless.
	 */
	private @Nullable Thread patient;

	private boolean added;

	private boolean removed;

	private SocketHandler(Channel channel, @Nullable ChannelOperations<?, ?> predecessor) {
		this.channel = channel;
		this.predecessor = predecessor;
		this.receives = new ReceiveQueue(channel);
		this.sends = new SendQueue(channel, this::breakOff);
		this.autoRead = channel.config().isAutoRead();
		this.halfClosure = channel.config().getOption(ChannelOption.ALLOW_HALF_CLOSURE);
		this.persistent = Connection.from(channel).isPersistent();
	}

	/**
	 * Takes over a connection that may have received something.
	 * @param channel the connection
	 * @return its handler, which is there as soon as the event loop gets to it
	 */
	static SocketHandler takeOver(Channel channel) {
		return addTo(channel, ChannelOperations.get(channel));
	}

	/**
	 * Takes a connection that has been made this moment. On the event loop.
	 * @param channel the connection
	 * @return its handler
	 */
	static SocketHandler take(Channel channel) {
		return addTo(channel, null);
	}

	private static SocketHandler addTo(Channel channel, @Nullable ChannelOperations<?, ?> predecessor) {
		if (!hasEventLoop(channel)) {
			throw new IllegalStateException(Peer.name(channel)
					+ ": there is no connection: it has ended, or is not made yet; use BufferedSocket.connect");
		}
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NAME) != null) {
			throw new IllegalStateException(Peer.name(channel)
					+ ": there is a BufferedSocket on this connection; use that one, or detach it before");
		}
		SocketHandler handler = new SocketHandler(channel, predecessor);
		String bridge = pipeline.names()
			.stream()
			.filter((name) -> name.startsWith(NettyPipeline.RIGHT))
			.findFirst()
			.orElse(null);
		if (bridge != null) {
			pipeline.addBefore(bridge, NAME, handler);
		}
		else {
			pipeline.addLast(NAME, handler);
		}
		if (!channel.eventLoop().inEventLoop()) {
			channel.eventLoop().execute(handler::endIfNotAdded);
		}
		return handler;
	}

	/*
	 * What Reactor Netty puts in the place of a channel that has ended has none.
	 */
	private static boolean hasEventLoop(Channel channel) {
		try {
			return channel.eventLoop() != null;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	/*
	 * A channel that is closed at this moment throws the handler out again before it gets
	 * there, and tells neither.
	 */
	private void endIfNotAdded() {
		if (!this.added) {
			end(StreamEnd.BEFORE);
		}
	}

	/**
	 * Waits until the event loop has put the handler where it belongs, so that nothing
	 * can slip by after that. If the loop is blocked for longer than that, or the thread
	 * is interrupted, operations will tell.
	 * @param timeoutNanos how long
	 */
	void awaitAdded(long timeoutNanos) {
		CountDownLatch added = new CountDownLatch(1);
		this.channel.eventLoop().execute(added::countDown);
		try {
			if (!added.await(timeoutNanos, TimeUnit.NANOSECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Says whether the current thread may wait for the event loop.
	 * @return whether it may
	 */
	boolean mayWait() {
		Thread current = Thread.currentThread();
		if (this.patient == current) {
			return true;
		}
		boolean possible = BlockingCall.isPossible(this.channel.eventLoop());
		if (possible) {
			this.patient = current;
		}
		return possible;
	}

	Channel channel() {
		return this.channel;
	}

	ReceiveQueue receives() {
		return this.receives;
	}

	SendQueue sends() {
		return this.sends;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.added = true;
		if (this.predecessor != null) {
			this.predecessor.receiveObject().subscribe(new Leftovers(this.receives));
		}
		if (!this.channel.isOpen()) {
			end(StreamEnd.BEFORE);
			return;
		}
		Connection.from(this.channel).markPersistent(false);
		if (this.halfClosure != null) {
			this.channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
		}
		if (this.channel instanceof DuplexChannel duplex && duplex.isInputShutdown()) {
			peerEnded();
			return;
		}
		this.channel.config().setAutoRead(true);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		this.removed = true;
		end(StreamEnd.DETACHED);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf bytes) {
			this.receives.arrive(bytes);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.receives.readComplete();
		context.fireChannelReadComplete();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		this.sends.resume();
		context.fireChannelWritabilityChanged();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslCloseCompletionEvent completion && completion.isSuccess()) {
			end(StreamEnd.PEER);
		}
		else if (event instanceof ChannelInputShutdownEvent && !peerEnded()) {
			return;
		}
		context.fireUserEventTriggered(event);
	}

	/*
	 * Returns whether the connection stays.
	 */
	private boolean peerEnded() {
		// Without the end that TLS has of its own anybody may have cut the stream.
		boolean tls = this.channel.pipeline().get(SslHandler.class) != null;
		StreamEnd end = tls ? StreamEnd.CUT : StreamEnd.PEER;
		if (!Boolean.TRUE.equals(this.halfClosure)) {
			breakOff(end);
			return false;
		}
		this.receives.end(end);
		this.channel.config().setAutoRead(false);
		return true;
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		end((this.halfClosure != null) ? StreamEnd.HERE : StreamEnd.PEER);
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		// Something may be missing in what comes after it.
		breakOff(StreamEnd.broken(cause));
	}

	@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed
	private void breakOff(StreamEnd end) {
		end(end);
		this.channel.close();
	}

	/**
	 * Describes what is going on.
	 * @return the peer and the numbers of those who wait
	 */
	@Override
	public String toString() {
		return this.receives.peer() + ", " + this.receives.available() + " bytes received, " + this.receives.waiting()
				+ " receivers and " + this.sends.waiting() + " senders wait";
	}

	private void end(StreamEnd end) {
		this.receives.end(end);
		this.sends.end(end);
	}

	/**
	 * Gives the connection back.
	 * @param call learns whether it can be used by others: it is open, all that was
	 * received was taken, all that was sent is written, and nobody waits
	 * @return its turn
	 */
	Turn detach(Call<Boolean> call) {
		try {
			// Not in the middle of a read, of which more may be to come.
			this.channel.eventLoop().execute(() -> {
				boolean clean = detach();
				if (call.decide()) {
					call.succeed(clean);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			if (call.decide()) {
				call.succeed(false);
			}
		}
		return new Detachment(this.receives.peer());
	}

	private boolean detach() {
		if (this.removed) {
			return false;
		}
		boolean clean = this.channel.isActive() && this.receives.isIdle() && this.sends.isIdle();
		end(StreamEnd.DETACHED);
		this.channel.config().setAutoRead(this.autoRead);
		if (this.halfClosure != null) {
			this.channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, this.halfClosure);
		}
		this.channel.pipeline().remove(this);
		if (clean && this.persistent) {
			Connection.from(this.channel).markPersistent(true);
		}
		return clean;
	}

}
