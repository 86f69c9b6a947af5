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

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * Groups that are in no configuration, because only a source knows their names. Such a
 * group is open from its first request on, and as long as there is room: the one that was
 * used least recently, and is not used now, makes room for another. Its client opens it
 * again.
 * <p>
 * Bounded by {@code maximum}. A request reads a map without a lock; opening and closing
 * take one.
 */
final class DynamicGroups {

	private final int maximum;

	private final BiFunction<DynamicGroups, String, ManagedGroup> factory;

	private final LongSupplier nanoTime;

	private final Map<String, ManagedGroup> open = new ConcurrentHashMap<>();

	private volatile boolean running = true;

	private final LongAdder evicted = new LongAdder();

	private final LongAdder refused = new LongAdder();

	/**
	 * Creates an empty set of groups.
	 * @param maximum how many may be open at the same time
	 * @param factory creates a group that is closed
	 * @param nanoTime the time in nanoseconds
	 * @param meters where the groups are counted
	 */
	DynamicGroups(int maximum, BiFunction<DynamicGroups, String, ManagedGroup> factory, LongSupplier nanoTime,
			MeterRegistry meters) {
		this.maximum = maximum;
		this.factory = factory;
		this.nanoTime = nanoTime;
		ConnectionMeters.GROUPS.gauge(this.open, Map::size).register(meters);
		ConnectionMeters.GROUPS_EVICTED.counter(this.evicted).register(meters);
		ConnectionMeters.GROUPS_REFUSED.counter(this.refused).register(meters);
	}

	int maximum() {
		return this.maximum;
	}

	/**
	 * Returns a group that a source knows.
	 * @param name its name
	 * @return the group if it is open, or a new one that its first request opens
	 */
	ManagedGroup get(String name) {
		ManagedGroup present = this.open.get(name);
		return (present != null) ? present : this.factory.apply(this, name);
	}

	/**
	 * Returns the group that is open under the name of another.
	 * @param group a group, open or not
	 * @return the one of its name that is open, or itself
	 */
	ManagedGroup open(ManagedGroup group) {
		return this.open.getOrDefault(group.groupName(), group);
	}

	/**
	 * Returns the groups that are open.
	 * @return the groups, in alphabetical order
	 */
	List<ManagedGroup> all() {
		return this.open.values().stream().sorted(Comparator.comparing(ManagedGroup::groupName)).toList();
	}

	/**
	 * Begins a request, which must {@link ManagedGroup#end() end}.
	 * @param group the group whose client the request was made with
	 * @return the open group of its name, which may be another one
	 * @throws TooManyGroupsException if it is not open, and there is no room
	 */
	ManagedGroup begin(ManagedGroup group) throws TooManyGroupsException {
		ManagedGroup present = this.open.get(group.groupName());
		return (present != null && present.begin(this.nanoTime.getAsLong())) ? present : admit(group);
	}

	private synchronized ManagedGroup admit(ManagedGroup group) throws TooManyGroupsException {
		ManagedGroup present = this.open.get(group.groupName());
		if (present == null) {
			if (!this.running) {
				throw new IllegalStateException("The connections of group '" + group.groupName() + "' are closed");
			}
			makeRoom(group);
			group.open();
			this.open.put(group.groupName(), group);
			present = group;
		}
		// Nobody closes a group without the lock.
		present.begin(this.nanoTime.getAsLong());
		return present;
	}

	private void makeRoom(ManagedGroup group) throws TooManyGroupsException {
		if (this.open.size() < this.maximum) {
			return;
		}
		for (ManagedGroup candidate : leastRecentlyUsed()) {
			if (candidate.closeIfUnused()) {
				this.open.remove(candidate.groupName(), candidate);
				this.evicted.increment();
				return;
			}
		}
		this.refused.increment();
		throw new TooManyGroupsException(group.groupName(), this.maximum);
	}

	private Collection<ManagedGroup> leastRecentlyUsed() {
		long now = this.nanoTime.getAsLong();
		// Their ages are compared, and taken once, since they change meanwhile.
		record Aged(ManagedGroup group, long age) {
		}
		return this.open.values()
			.stream()
			.map((group) -> new Aged(group, now - group.lastUsedNanos()))
			.sorted(Collections.reverseOrder(Comparator.comparingLong(Aged::age)))
			.map(Aged::group)
			.toList();
	}

	void start() {
		this.running = true;
	}

	/**
	 * Closes all groups, and opens no more.
	 */
	synchronized void stop() {
		this.running = false;
		all().forEach(ManagedGroup::close);
		this.open.clear();
	}

}
