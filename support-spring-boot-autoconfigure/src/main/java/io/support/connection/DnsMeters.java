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

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.support.connection.dns.DnsFailure;
import io.support.connection.dns.DnsListener;
import io.support.event.Operation;
import io.support.event.Operations;
import io.support.stats.MeterTag;

/**
 * The figures and events of what DNS is asked for, for each group and name. They are
 * there as long as the group wants to know the name.
 */
final class DnsMeters implements DnsListener {

	private final MeterRegistry meters;

	private final Operations operations;

	private final LongSupplier nanoTime;

	private final Map<Name, Timer> timers = new ConcurrentHashMap<>();

	DnsMeters(ConnectionResources resources) {
		this.meters = resources.meters();
		this.operations = resources.operations();
		this.nanoTime = resources.nanoTime();
	}

	@Override
	public void watched(String name, String group) {
		this.timers.computeIfAbsent(new Name(name, group),
				(key) -> ConnectionMeters.DNS.timer().tags(key.tags()).register(this.meters));
	}

	@Override
	public void forgotten(String name, String group) {
		this.timers.computeIfPresent(new Name(name, group), (key, timer) -> {
			ConnectionMeters.remove(this.meters, key.tags());
			return null;
		});
	}

	@Override
	public Resolution begin(String name, Set<String> groups) {
		List<Name> names = groups.stream().map((group) -> new Name(name, group)).toList();
		List<Operation> begun = names.stream()
			.map((key) -> this.operations.begin("support.dns", key.attributes()))
			.toList();
		long startNanos = this.nanoTime.getAsLong();
		return new Resolution() {

			@Override
			public void succeeded() {
				begun.forEach(Operation::succeed);
				long nanos = DnsMeters.this.nanoTime.getAsLong() - startNanos;
				names.forEach((key) -> record(key, nanos));
			}

			@Override
			public void failed(DnsFailure reason, Throwable error) {
				begun.forEach((operation) -> operation.fail(error));
				names.forEach((key) -> count(key, reason));
			}

		};
	}

	/*
	 * While the entry is held, so that no meter comes back after it has been removed.
	 */
	private void record(Name name, long nanos) {
		this.timers.computeIfPresent(name, (key, timer) -> {
			timer.record(nanos, TimeUnit.NANOSECONDS);
			return timer;
		});
	}

	private void count(Name name, DnsFailure reason) {
		this.timers.computeIfPresent(name, (key, timer) -> {
			ConnectionMeters.DNS_FAILURES.counter()
				.tags(key.tags())
				.tag(MeterTag.REASON.asString(), reason.tag())
				.register(this.meters)
				.increment();
			return timer;
		});
	}

	private record Name(String name, String group) {

		Tags tags() {
			return Tags.of(MeterTag.GROUP.asString(), this.group, MeterTag.ADDRESS.asString(), this.name);
		}

		KeyValues attributes() {
			return KeyValues.of(MeterTag.GROUP.asString(), this.group, MeterTag.ADDRESS.asString(), this.name);
		}

	}

}
