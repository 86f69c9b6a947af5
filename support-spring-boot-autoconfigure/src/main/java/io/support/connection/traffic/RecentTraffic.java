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

package io.support.connection.traffic;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

import io.support.context.Confidential;

/**
 * The last exchanges over outgoing connections: where they went, what came of them and
 * how long they took; headers and bodies only where that was asked for. What is secret in
 * them is hidden whenever they are shown.
 * <p>
 * A ring that holds as many exchanges as it is made for, and nothing else. Thread-safe,
 * without locks; adding an exchange takes some nanoseconds.
 */
public final class RecentTraffic implements Confidential {

	private final TrafficSettings settings;

	private final PayloadText text;

	private final LongSupplier nanoTime;

	private final Instant origin;

	private final long originNanos;

	private final AtomicReferenceArray<Exchange> ring;

	private final AtomicLong recorded = new AtomicLong();

	/**
	 * Creates an empty ring.
	 * @param settings how much is kept
	 * @param filter what hides the secrets
	 * @param clock the time at which it is made
	 * @param nanoTime gives the time in nanoseconds, such as {@code System::nanoTime}
	 */
	public RecentTraffic(TrafficSettings settings, SecretFilter filter, Clock clock, LongSupplier nanoTime) {
		this.settings = settings;
		this.text = new PayloadText(filter);
		this.nanoTime = nanoTime;
		this.origin = clock.instant();
		this.originNanos = nanoTime.getAsLong();
		this.ring = new AtomicReferenceArray<>(settings.size());
	}

	/**
	 * Begins an exchange, which is kept when it ends.
	 * @param group the group that was asked
	 * @param address the address that it goes to
	 * @param protocol what is spoken, such as {@code http/1.1}
	 * @return the exchange; whoever began it tells it what happens
	 */
	public Exchange begin(String group, String address, String protocol) {
		return new Exchange(this, this.settings, group, address, protocol, this.nanoTime.getAsLong());
	}

	long now() {
		return this.nanoTime.getAsLong();
	}

	void add(Exchange exchange) {
		this.ring.setRelease((int) (this.recorded.getAndIncrement() % this.ring.length()), exchange);
	}

	@Override
	public String name() {
		return "traffic";
	}

	@Override
	public Object snapshot() {
		List<Exchange> exchanges = new ArrayList<>(this.ring.length());
		for (int i = 0; i < this.ring.length(); i++) {
			Exchange exchange = this.ring.getAcquire(i);
			if (exchange != null) {
				exchanges.add(exchange);
			}
		}
		exchanges.sort(Comparator.comparingLong(Exchange::endNanos).reversed());
		return new TrafficSnapshot(this.settings.size(), this.recorded.get(), this.settings.capturePayload(),
				exchanges.stream()
					.map((exchange) -> exchange
						.snapshot(this.origin.plusNanos(exchange.startNanos() - this.originNanos), this.text))
					.toList());
	}

}
