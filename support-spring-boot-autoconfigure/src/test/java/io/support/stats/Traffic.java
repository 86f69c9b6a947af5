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

package io.support.stats;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;

/**
 * What happens in a process within half an hour: orders with their times, amounts, and
 * the customers that they are of. The same seed gives the same traffic in every process.
 *
 * @param events what happens, in its order
 */
record Traffic(List<Event> events) {

	private static final Duration LENGTH = Duration.ofMinutes(30);

	private static final int FREQUENT_CUSTOMERS = 20;

	private static final int CUSTOMERS = 30_000;

	static Traffic of(long seed, int orders) {
		Random random = new Random(seed);
		List<Event> events = new ArrayList<>();
		for (int i = 0; i < orders; i++) {
			long at = (long) (random.nextDouble() * LENGTH.toNanos());
			int customer = random.nextInt(random.nextBoolean() ? FREQUENT_CUSTOMERS : CUSTOMERS);
			long nanos = (long) Math.exp(14 + 2 * random.nextGaussian());
			events.add(new Event(at, nanos, random.nextInt(1000), "customer" + customer));
		}
		events.sort(Comparator.comparingLong(Event::atNanos));
		return new Traffic(events);
	}

	Traffic with(Traffic other) {
		return new Traffic(Stream.concat(this.events.stream(), other.events.stream())
			.sorted(Comparator.comparingLong(Event::atNanos))
			.toList());
	}

	StatisticsState recorded() {
		MockClock clock = new MockClock();
		StreamingMeterRegistry registry = new StreamingMeterRegistry(clock, 100);
		Sketches sketches = new Sketches();
		Timer timer = Timer.builder("orders").tag("kind", "a").register(registry);
		Counter amount = registry.counter("amount");
		long now = 0;
		for (Event event : this.events) {
			clock.add(Duration.ofNanos(event.atNanos() - now));
			now = event.atNanos();
			timer.record(Duration.ofNanos(event.nanos()));
			amount.increment(event.amount());
			sketches.offer("customers", event.customer());
		}
		clock.add(LENGTH.minusNanos(now));
		return StatisticsState.of(registry, sketches);
	}

	/**
	 * An order.
	 *
	 * @param atNanos when it came, from the start
	 * @param nanos how long it took
	 * @param amount of what
	 * @param customer who gave it
	 */
	record Event(long atNanos, long nanos, int amount, String customer) {

	}

}
