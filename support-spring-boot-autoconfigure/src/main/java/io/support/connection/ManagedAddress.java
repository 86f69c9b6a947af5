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

import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.micrometer.common.KeyValues;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.support.event.Operation;
import io.support.event.Operations;
import io.support.overload.OutlierSettings;
import io.support.socket.SocketFigures;
import io.support.stats.MeterTag;
import io.support.stats.StateMachineStats;

/**
 * An address of a group with everything that belongs to it at run time: its pool, its
 * standing and its figures. Knows nothing of the other addresses.
 */
final class ManagedAddress {

	private final String group;

	private final GroupSettings settings;

	private final ConnectionLimit limit;

	private final AddressLife life = new AddressLife(this::pool);

	private volatile Address address;

	private volatile AddressPool pool;

	private final OutgoingConnection.Owner owner;

	private final AddressStanding standing;

	private final Operations operations;

	private final Consumer<String> peers;

	private final KeyValues attributes;

	private final TlsHandshakes handshakes;

	private final SocketFigures raw;

	private final LongSupplier nanoTime;

	private final AddressFigures figures;

	ManagedAddress(GroupSettings settings, Address address, OutlierSettings outlier, ConnectionLimit limit,
			ManagerResources manager, StateMachineStats<AddressHealth> health) {
		ConnectionResources resources = manager.surroundings();
		this.group = settings.group().name();
		this.settings = settings;
		this.limit = limit;
		this.address = address;
		this.attributes = KeyValues.of(MeterTag.GROUP.asString(), this.group, MeterTag.ADDRESS.asString(),
				address.toString());
		this.operations = resources.operations();
		this.peers = resources.peers();
		this.pool = createPool();
		this.owner = new OutgoingConnection.Owner(this.group, address, limit, manager.sockets().states(),
				(reason) -> figures().tainted(reason), manager.sockets().probe(), resources.traffic(),
				resources.nanoTime());
		this.nanoTime = resources.nanoTime();
		this.raw = manager.sockets().raw();
		this.figures = new AddressFigures(this.group, address, resources.meters(), this::active,
				() -> this.pool.idle());
		this.handshakes = new TlsHandshakes(settings, () -> begin("support.tls"), this.figures.handshakes(),
				this.nanoTime);
		if (settings.protocol().isHttp2()) {
			this.figures.registerStreams(this, (self) -> self.pool.streams());
		}
		this.standing = new AddressStanding(settings, address, outlier, this.figures, manager, health);
	}

	private AddressFigures figures() {
		return this.figures;
	}

	private AddressPool createPool() {
		return new AddressPool(this.settings, this.address, this.limit, this::watch, () -> begin("support.dns"));
	}

	Address address() {
		return this.address;
	}

	AddressPool pool() {
		return this.pool;
	}

	int active() {
		return this.pool.active();
	}

	/**
	 * Takes another weight.
	 * @param address the same address with its weight
	 */
	void reweigh(Address address) {
		this.address = address;
	}

	boolean isLeaving() {
		return this.life.isLeaving();
	}

	/**
	 * Takes no more attempts, and is gone when everything that has begun is finished.
	 * @param gone is given the address then
	 */
	void leave(Consumer<ManagedAddress> gone) {
		this.life.leave(() -> gone.accept(this));
	}

	/**
	 * Takes attempts again.
	 * @return whether it was not gone already
	 */
	boolean stay() {
		return this.life.stay(() -> this.pool = createPool());
	}

	/**
	 * Removes everything that is registered for the address.
	 */
	void unregister() {
		this.standing.unregister();
		this.figures.remove();
	}

	AddressStanding standing() {
		return this.standing;
	}

	/**
	 * Begins an attempt at this address, which must {@link Attempt#end() end} and then
	 * {@link #finished() be finished}.
	 * @param reuse whether it may have a connection that was used before
	 * @return the attempt, or {@code null} if the address is marked down or leaving
	 */
	@Nullable Attempt begin(Reuse reuse) {
		if (!this.life.begin()) {
			return null;
		}
		if (!this.standing.mayTry()) {
			this.life.end();
			return null;
		}
		this.figures.attempted();
		return new Attempt(this, reuse, this.standing.isProbing(), this.nanoTime.getAsLong());
	}

	void retried() {
		this.figures.retried();
	}

	void hedged() {
		this.figures.hedged();
	}

	void connectedOnward() {
		this.figures.connectedOnward();
	}

	/*
	 * Watches a connection to this address from its opening to its end.
	 */
	private OutgoingConnection watch(Channel channel) {
		this.life.follow(channel);
		this.raw.include(channel);
		OutgoingConnection connection = OutgoingConnection.follow(channel, this.owner);
		OpeningWatch.addTo(channel, connection, () -> begin("support.connect"), this.peers, this.handshakes);
		HttpWatch.addTo(channel, connection, this.settings.responseTimeout());
		return connection;
	}

	private Operation begin(String operation) {
		return this.operations.begin(operation, this.attributes);
	}

	void connected(Attempt attempt) {
		this.figures.connected(elapsed(attempt));
	}

	/**
	 * An attempt has led to what it was for.
	 * @param attempt the attempt
	 * @param served whether that is an answer that is compared with those of the others.
	 * What refuses may be quick about it, and would make those that work look slow
	 */
	void succeeded(Attempt attempt, boolean served) {
		long nanos = elapsed(attempt);
		this.standing.served();
		if (attempt.request() != null) {
			this.figures.responded(nanos);
			this.standing.latency().spoke();
		}
		if (counts(attempt)) {
			this.standing.succeeded(nanos);
		}
		if (served) {
			this.standing.latency().answered(nanos);
		}
	}

	/*
	 * Nobody waits for the answer any more: it would have taken longer than that.
	 */
	void abandoned(Attempt attempt) {
		if (attempt.method() != null) {
			this.standing.latency().givenUp(elapsed(attempt));
		}
		release(attempt);
	}

	/*
	 * The same, and it is known why. How long the answer would have taken is not, so it
	 * has a timer of its own, and no part in the percentiles of those that came.
	 */
	void overtaken(Attempt attempt, long winnerNanos) {
		long nanos = elapsed(attempt);
		this.figures.overtaken(nanos);
		this.standing.latency().overtaken(nanos, winnerNanos, this.nanoTime.getAsLong());
		release(attempt);
	}

	/*
	 * Remembers a failure without judging the address by it.
	 */
	void failed(Attempt attempt, FailureReason reason, Throwable error) {
		if (reason == FailureReason.RESPONSE_TIMEOUT) {
			this.standing.latency().givenUp(elapsed(attempt));
		}
		this.figures.failed(reason);
		this.standing.remember(error);
	}

	/*
	 * Takes a failure for one of those in a row after which the address is marked down.
	 */
	void blame(Attempt attempt, Throwable error) {
		if (counts(attempt)) {
			this.standing.failed(elapsed(attempt), error);
		}
	}

	/*
	 * Gives the turn of a probe to another request, since this one has told nothing.
	 */
	void release(Attempt attempt) {
		if (attempt.isProbe()) {
			this.standing.release();
		}
	}

	/*
	 * Nothing of an attempt is to be told any more.
	 */
	void finished() {
		this.life.end();
	}

	/*
	 * An attempt from before the markdown says nothing about the address as it is now.
	 */
	private boolean counts(Attempt attempt) {
		return attempt.isProbe() || this.standing.isUp();
	}

	private long elapsed(Attempt attempt) {
		return this.nanoTime.getAsLong() - attempt.startNanos();
	}

	ConnectionsSnapshot.AddressState snapshot() {
		AddressStanding standing = this.standing;
		AddressFigures figures = this.figures;
		AddressStanding.Failure failure = standing.lastFailure();
		long median = standing.latency().medianNanos();
		return new ConnectionsSnapshot.AddressState(this.address.toString(), this.address.weight(),
				standing.health().label(), standing.downUntil(), this.pool.active(), this.pool.idle(),
				figures.attempts(), figures.failures(), figures.markdowns(), figures.taints(),
				(failure != null) ? failure.message() : null, (failure != null) ? failure.at() : null,
				figures.retries(), figures.hedges(), (median > 0) ? median : null, standing.slowUntil());
	}

}
