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

package io.support.connection;

import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.support.connection.traffic.Exchange;
import io.support.connection.traffic.RecentTraffic;
import io.support.context.SocketOwner;
import io.support.stats.StateMachineStats;

/**
 * One connection to an address of a group, from the opening of its socket on: in which
 * state it is, and whether it may still be used. Changed on the connection's loop only,
 * read from any thread.
 */
final class OutgoingConnection {

	private static final AttributeKey<OutgoingConnection> KEY = AttributeKey.valueOf("support.outgoingConnection");

	private final Channel channel;

	private final Owner owner;

	private final StateMachineStats.Followed<OutgoingState> followed;

	private boolean opened;

	private int uses;

	private boolean inUse;

	private volatile boolean idle;

	private volatile long idleSinceNanos;

	/** Whether it may be closed while it is idle. */
	private volatile BooleanSupplier retirement = () -> true;

	private OutgoingConnection(Channel channel, Owner owner) {
		this.channel = channel;
		this.owner = owner;
		this.followed = owner.states().begin(OutgoingState.CONNECTING);
	}

	/**
	 * Follows a connection from now on until it is closed.
	 * @param channel the connection, about to be connected
	 * @param owner what it belongs to
	 * @return the connection
	 */
	static OutgoingConnection follow(Channel channel, Owner owner) {
		OutgoingConnection connection = new OutgoingConnection(channel, owner);
		channel.attr(KEY).set(connection);
		owner.limit().opened(connection);
		channel.closeFuture().addListener((future) -> connection.closed());
		return connection;
	}

	static @Nullable OutgoingConnection of(Channel channel) {
		return channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
	}

	Address address() {
		return this.owner.address();
	}

	void connected() {
		this.followed.to(OutgoingState.CONNECTED);
		this.opened = true;
	}

	void handshaking() {
		this.followed.to(OutgoingState.TLS);
		this.opened = false;
	}

	void shakenHands() {
		this.opened = true;
	}

	/**
	 * Takes the connection from the pool, unless it is not as it should be. It must be
	 * closed then.
	 * @return whether it may be used
	 */
	boolean take() {
		TaintReason taint = this.owner.probe().ask(this.channel);
		if (taint != null) {
			this.owner.taints().accept(taint);
			return false;
		}
		use();
		return true;
	}

	void use() {
		this.uses++;
		this.inUse = true;
		this.idle = false;
		this.followed.to(OutgoingState.IN_USE);
	}

	boolean isInUse() {
		return this.inUse;
	}

	/**
	 * Returns whether somebody has had the connection before.
	 * @return whether this is not its first use
	 */
	boolean isReused() {
		return this.uses > 1;
	}

	/**
	 * Says who lets nobody take it any more, which happens on other threads.
	 * @param retirement is asked before it is closed as idle: whether that is so, and
	 * remains so
	 */
	void retireBy(BooleanSupplier retirement) {
		this.retirement = retirement;
	}

	/**
	 * Is back in the pool.
	 */
	void pooled() {
		this.inUse = false;
		if (this.channel.isActive()) {
			this.idleSinceNanos = this.owner.nanoTime().getAsLong();
			this.idle = true;
			this.followed.to(OutgoingState.POOLED);
		}
	}

	/**
	 * Counts that the connection must not be used again.
	 * @param reason why
	 */
	void tainted(TaintReason reason) {
		this.owner.taints().accept(reason);
	}

	/**
	 * Counts that the connection must not be used again, and closes it.
	 * @param reason why
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has closed
	void closeAsTainted(TaintReason reason) {
		if (this.channel.isActive()) {
			tainted(reason);
			this.channel.close();
		}
	}

	/**
	 * Tells of the connection's socket.
	 * @param sockets is told
	 */
	void tell(SocketOwner.Sockets sockets) {
		SocketAddress remote = this.channel.remoteAddress();
		if (remote != null) {
			String kind = (this.channel.pipeline().get(RawWatch.class) != null) ? " raw" : "";
			sockets.add(this.channel.localAddress(), remote, "group " + this.owner.group() + ": " + this.owner.address()
					+ kind + (this.idle ? " idle" : " in use"));
		}
	}

	private void closed() {
		this.idle = false;
		this.owner.limit().ended(this);
		this.followed.to(this.opened ? OutgoingState.CLOSED : OutgoingState.FAILED);
		this.followed.end();
	}

	/**
	 * Closes the connection to make room, unless somebody takes it first.
	 * @return whether it was closed; its socket is by then
	 */
	Mono<Boolean> closeIfIdle() {
		return Mono.create((sink) -> {
			try {
				this.channel.eventLoop().execute(() -> {
					if (!this.idle || !retire()) {
						sink.success(false);
						return;
					}
					this.owner.limit().culled();
					this.channel.close().addListener((future) -> sink.success(true));
				});
			}
			catch (RejectedExecutionException ex) {
				// The loop has been shut down and has closed its connections.
				sink.success(true);
			}
		});
	}

	/*
	 * Who has taken it on another thread will say so soon; it is not tried again until
	 * then.
	 */
	private boolean retire() {
		if (this.retirement.getAsBoolean()) {
			return true;
		}
		this.idle = false;
		return false;
	}

	boolean isIdle() {
		return this.idle;
	}

	long idleSinceNanos() {
		return this.idleSinceNanos;
	}

	long idleNanos() {
		return now() - this.idleSinceNanos;
	}

	long now() {
		return this.owner.nanoTime().getAsLong();
	}

	/**
	 * Begins an exchange over this connection.
	 * @param protocol what is spoken
	 * @return the exchange; {@code null} if none are kept
	 */
	@Nullable Exchange exchange(String protocol) {
		RecentTraffic traffic = this.owner.traffic();
		return (traffic != null) ? traffic.begin(this.owner.group(), this.owner.address().toString(), protocol) : null;
	}

	/**
	 * What the connections to one address have in common.
	 *
	 * @param group the name of the group
	 * @param address the address
	 * @param limit how many the group may have
	 * @param states what is told of their states
	 * @param taints what is told of those that must not be used again
	 * @param probe looks at those that are to be used again
	 * @param traffic keeps what is said over them; {@code null} for nothing
	 * @param nanoTime gives the time in nanoseconds
	 */
	record Owner(String group, Address address, ConnectionLimit limit, StateMachineStats<OutgoingState> states,
			Consumer<TaintReason> taints, SocketProbe probe, @Nullable RecentTraffic traffic, LongSupplier nanoTime) {

	}

}
