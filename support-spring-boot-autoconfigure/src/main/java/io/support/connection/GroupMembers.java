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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Tags;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.support.overload.OutlierDetection;
import io.support.overload.OutlierSettings;
import io.support.stats.MeterTag;
import io.support.stats.StateMachineStats;

/**
 * The addresses of one group as they come and go. Requests read {@link #current()}
 * without a lock; who changes it holds one.
 * <p>
 * An address that stays keeps everything: connections, markdown, figures. One that is
 * left out takes no new requests, finishes those that it has, and is gone with its
 * meters, its circuit breaker and its state when its last connection is closed. If it is
 * back before that, it goes on as if nothing had been.
 */
final class GroupMembers {

	private static final Log logger = LogFactory.getLog(GroupMembers.class);

	private final GroupSettings settings;

	private final ConnectionLimit limit;

	private final ManagerResources resources;

	private final StateMachineStats<AddressHealth> health;

	/** The current ones, and those that are leaving, by host and port. */
	private final Map<String, ManagedAddress> known = new LinkedHashMap<>();

	private final OutlierSettings outlier;

	/** One for each tier that there ever was; they outlive the addresses. */
	private final List<OutlierDetection> outliers = new ArrayList<>();

	private boolean closed;

	private volatile GroupAddresses current;

	GroupMembers(GroupSettings settings, ConnectionLimit limit, ManagerResources resources) {
		this.settings = settings;
		this.limit = limit;
		this.resources = resources;
		this.health = resources.surroundings().machines().create(machine(), AddressHealth.class);
		this.outlier = Tier.settings(settings.outlier());
		this.current = GroupAddresses.none(name());
		update(settings.group().tiers());
	}

	private String name() {
		return this.settings.group().name();
	}

	private String machine() {
		return "group." + name();
	}

	GroupAddresses current() {
		return this.current;
	}

	StateMachineStats<AddressHealth> health() {
		return this.health;
	}

	/**
	 * Makes these the addresses of the group.
	 * @param tiers the addresses, the preferred ones first
	 */
	synchronized void update(List<List<Address>> tiers) {
		GroupAddresses before = this.current;
		AddressGroup group = new AddressGroup(name(), tiers);
		if (this.closed || group.equals(before.group())) {
			return;
		}
		Map<Address, ManagedAddress> managed = new LinkedHashMap<>();
		tiers.forEach((tier) -> tier.forEach((address) -> managed.put(address, join(address))));
		this.current = new GroupAddresses(group, managed, compared(tiers, managed));
		// New requests do not see them any more, so nobody asks in vain.
		List<ManagedAddress> left = before.all().stream().filter((address) -> !managed.containsValue(address)).toList();
		left.forEach((address) -> address.leave(this::gone));
		if (!before.all().isEmpty() && !tiers.isEmpty()) {
			logger.debug(name() + ": addresses are now " + tiers + ", gone: " + left.size());
		}
	}

	private List<Tier> compared(List<List<Address>> tiers, Map<Address, ManagedAddress> managed) {
		LongSupplier nanoTime = this.resources.surroundings().nanoTime();
		List<Tier> compared = new ArrayList<>();
		for (List<Address> tier : tiers) {
			if (this.outliers.size() == compared.size()) {
				this.outliers.add(new OutlierDetection(this.outlier, nanoTime.getAsLong()));
			}
			compared
				.add(new Tier(this.outliers.get(compared.size()), tier.stream().map(managed::get).toList(), nanoTime));
		}
		return compared;
	}

	private ManagedAddress join(Address address) {
		ManagedAddress present = this.known.get(address.toString());
		if (present != null && stays(present)) {
			present.reweigh(address);
			return present;
		}
		ManagedAddress created = new ManagedAddress(this.settings, address, this.outlier, this.limit, this.resources,
				this.health);
		this.known.put(address.toString(), created);
		return created;
	}

	private boolean stays(ManagedAddress address) {
		if (!address.isLeaving()) {
			return true;
		}
		if (address.stay()) {
			return true;
		}
		// Its last connection has been closed just now.
		address.unregister();
		return false;
	}

	private synchronized void gone(ManagedAddress address) {
		if (this.known.remove(address.address().toString(), address)) {
			address.unregister();
		}
	}

	/*
	 * One at a time, otherwise the last two addresses could each take the other for the
	 * one that stays up.
	 */
	synchronized void blame(Attempt attempt, Throwable error) {
		ManagedAddress address = attempt.address();
		boolean anotherIsUp = this.current.all()
			.stream()
			.anyMatch((other) -> other != address && other.standing().isUp());
		if (anotherIsUp) {
			address.blame(attempt, error);
		}
		else {
			address.release(attempt);
		}
	}

	/**
	 * Returns all addresses, those that are leaving included.
	 * @return a copy
	 */
	synchronized List<ManagedAddress> all() {
		return new ArrayList<>(this.known.values());
	}

	synchronized int leaving() {
		return this.known.size() - this.current.all().size();
	}

	int active() {
		return all().stream().mapToInt(ManagedAddress::active).sum();
	}

	/**
	 * Lets all addresses go, and everything that is registered under the name of the
	 * group.
	 */
	synchronized void close() {
		update(List.of());
		this.closed = true;
		all().forEach(this::gone);
		this.resources.surroundings().machines().remove(machine(), this.health);
		ConnectionMeters.remove(this.resources.surroundings().meters(), Tags.of(MeterTag.GROUP.asString(), name()));
	}

}
