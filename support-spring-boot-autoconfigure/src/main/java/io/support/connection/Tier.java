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

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.support.overload.OutlierDetection;
import io.support.overload.OutlierSettings;

/**
 * The addresses of one tier, which are compared with each other: those that answer much
 * later than the others come last.
 */
final class Tier {

	/*
	 * As in Envoy, whose longest ejection is ten times its shortest.
	 */
	private static final int MAX_EJECTIONS = 10;

	private static final double MAX_EJECTED_SHARE = 0.5;

	private final AddressGroup group;

	private final int index;

	private final ConnectionResources resources;

	private final Map<Address, ManagedAddress> addresses = new LinkedHashMap<>();

	private final OutlierDetection outliers;

	private final OutlierDetection.Listener listener;

	Tier(GroupSettings settings, int index, ConnectionResources resources,
			BiFunction<Address, OutlierDetection.Member, ManagedAddress> factory) {
		this.group = settings.group();
		this.index = index;
		this.resources = resources;
		List<Address> addresses = this.group.tiers().get(index);
		this.outliers = new OutlierDetection(settings(settings.outlier()), addresses.size(),
				resources.nanoTime().getAsLong());
		List<ManagedAddress> members = new ArrayList<>();
		for (Address address : addresses) {
			ManagedAddress managed = factory.apply(address, this.outliers.member(members.size()));
			members.add(managed);
			this.addresses.put(address, managed);
		}
		this.listener = new Listener(members);
	}

	private static OutlierSettings settings(GroupSettings.Outlier outlier) {
		long baseNanos = outlier.baseEjectionTime().toNanos();
		return new OutlierSettings(outlier.factor(), outlier.minRequests(), outlier.minLatency().toNanos(),
				outlier.interval().toNanos(), baseNanos, MAX_EJECTIONS * baseNanos,
				outlier.enabled() ? MAX_EJECTED_SHARE : 0);
	}

	Stream<ManagedAddress> addresses() {
		return this.addresses.values().stream();
	}

	/**
	 * Draws an order in which to try the addresses.
	 * @return all of them, those that are left out at the end: to be tried when the
	 * others cannot serve the request
	 */
	List<ManagedAddress> draw() {
		this.outliers.judge(this.resources.nanoTime().getAsLong(), this.listener);
		List<ManagedAddress> order = new ArrayList<>(this.addresses.size());
		List<ManagedAddress> last = new ArrayList<>();
		this.group.draw(this.index, this.resources.random())
			.stream()
			.map(this.addresses::get)
			.forEach((address) -> (address.isLeftOut() ? last : order).add(address));
		order.addAll(last);
		return order;
	}

	private record Listener(List<ManagedAddress> members) implements OutlierDetection.Listener {

		@Override
		public void ejected(int member, long medianNanos, long othersNanos, long durationNanos) {
			this.members.get(member)
				.leftOut(Duration.ofNanos(durationNanos),
						"half of its answers take " + TimeUnit.NANOSECONDS.toMillis(medianNanos)
								+ " ms and more, those of the others " + TimeUnit.NANOSECONDS.toMillis(othersNanos)
								+ " ms");
		}

		@Override
		public void returned(int member) {
			this.members.get(member).usedAgain();
		}

	}

}
