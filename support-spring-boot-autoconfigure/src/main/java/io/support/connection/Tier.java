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
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.support.overload.OutlierDetection;
import io.support.overload.OutlierMember;
import io.support.overload.OutlierSettings;

/**
 * The addresses of one tier at one time, which are compared with each other: those that
 * answer much later than the others come last. Immutable, but for what is known of the
 * addresses.
 */
final class Tier {

	/*
	 * As in Envoy, whose longest ejection is ten times its shortest.
	 */
	private static final int MAX_EJECTIONS = 10;

	private static final double MAX_EJECTED_SHARE = 0.5;

	private final OutlierDetection outliers;

	private final List<ManagedAddress> addresses;

	private final List<OutlierMember> members;

	private final LongSupplier nanoTime;

	/**
	 * Creates a tier.
	 * @param outliers compares its addresses, also after they have changed
	 * @param addresses the addresses
	 * @param nanoTime the time in nanoseconds
	 */
	Tier(OutlierDetection outliers, List<ManagedAddress> addresses, LongSupplier nanoTime) {
		this.outliers = outliers;
		this.addresses = addresses;
		this.members = addresses.stream().map((address) -> address.standing().latency()).toList();
		this.nanoTime = nanoTime;
	}

	static OutlierSettings settings(GroupSettings.Outlier outlier) {
		long baseNanos = outlier.baseEjectionTime().toNanos();
		return new OutlierSettings(outlier.factor(), outlier.minRequests(), outlier.minLatency().toNanos(),
				outlier.interval().toNanos(), baseNanos, MAX_EJECTIONS * baseNanos,
				outlier.enabled() ? MAX_EJECTED_SHARE : 0);
	}

	/**
	 * Draws an order of all addresses by their weights. Those that are left out come
	 * last: they are tried when the others cannot serve the request.
	 * @param random decides
	 * @return the addresses, drawn when they are asked for
	 */
	Iterator<ManagedAddress> draw(RandomGenerator random) {
		this.outliers.judge(this.members, this.nanoTime.getAsLong());
		if (!isAnyLeftOut()) {
			return drawFrom(this.addresses, random);
		}
		List<ManagedAddress> preferred = new ArrayList<>(this.addresses.size());
		List<ManagedAddress> last = new ArrayList<>(this.addresses.size());
		for (ManagedAddress address : this.addresses) {
			(address.standing().isLeftOut() ? last : preferred).add(address);
		}
		List<ManagedAddress> order = new ArrayList<>(this.addresses.size());
		drawFrom(preferred, random).forEachRemaining(order::add);
		drawFrom(last, random).forEachRemaining(order::add);
		return order.iterator();
	}

	private boolean isAnyLeftOut() {
		for (ManagedAddress address : this.addresses) {
			if (address.standing().isLeftOut()) {
				return true;
			}
		}
		return false;
	}

	private static Iterator<ManagedAddress> drawFrom(List<ManagedAddress> addresses, RandomGenerator random) {
		return new WeightedDraw<>(addresses, (address) -> address.address().weight(), random);
	}

}
