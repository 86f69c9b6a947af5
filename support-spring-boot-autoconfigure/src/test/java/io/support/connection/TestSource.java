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

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * An {@link AddressSource} for tests, which says what it is told to.
 */
public final class TestSource implements AddressSource {

	private final Map<String, Sinks.Many<List<List<Address>>>> groups = new ConcurrentHashMap<>();

	/**
	 * Knows a group, of which it says nothing yet.
	 */
	public TestSource knowing(String group) {
		this.groups.computeIfAbsent(group, (key) -> Sinks.many().replay().latest());
		return this;
	}

	/**
	 * Gives a group these addresses, in place of those that it had.
	 * @param tiers each as addresses with commas between them
	 */
	public TestSource set(String group, String... tiers) {
		knowing(group);
		List<List<Address>> addresses = Arrays.stream(tiers)
			.map((tier) -> Arrays.stream(tier.split(",")).map(Address::parse).toList())
			.toList();
		this.groups.get(group).tryEmitNext(addresses).orThrow();
		return this;
	}

	/**
	 * Returns who wants to know the addresses of a group.
	 */
	public int subscribers(String group) {
		return this.groups.get(group).currentSubscriberCount();
	}

	@Override
	public boolean knows(String group) {
		return this.groups.containsKey(group);
	}

	@Override
	public Flux<List<List<Address>>> addresses(String group) {
		return this.groups.get(group).asFlux();
	}

}
