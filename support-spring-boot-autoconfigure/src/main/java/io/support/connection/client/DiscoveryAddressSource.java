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

package io.support.connection.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import io.support.connection.Address;
import io.support.connection.AddressSource;

/**
 * Takes the instances of a service that a discovery client of Spring Cloud knows for the
 * addresses of the group of that name. Asks again and again: which services there are
 * from the start, and the instances of one as long as its group is used.
 * <p>
 * A blocking client is asked on {@link Schedulers#boundedElastic()}. The metadata
 * {@code weight} of an instance, a positive whole number, is the weight of its address;
 * whether an instance is secure is left to the scheme of the request.
 */
public final class DiscoveryAddressSource implements AddressSource, SmartLifecycle {

	private static final Log logger = LogFactory.getLog(DiscoveryAddressSource.class);

	private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

	private final Flux<String> services;

	private final Function<String, Flux<ServiceInstance>> instances;

	private final Duration refreshInterval;

	/** From the name of the group to the name of the service, which may have capitals. */
	private volatile Map<String, String> known = Map.of();

	private volatile boolean failing;

	private volatile @Nullable Disposable refresh;

	private DiscoveryAddressSource(Flux<String> services, Function<String, Flux<ServiceInstance>> instances,
			Duration refreshInterval) {
		this.services = services;
		this.instances = instances;
		this.refreshInterval = refreshInterval;
	}

	/**
	 * Creates a source on a reactive client.
	 * @param client gives the client when it is first asked, since clients may be made
	 * with an HTTP client that knows the groups
	 * @param refreshInterval how long after an answer it is asked again
	 * @return the source, which knows nothing until it is started
	 */
	public static DiscoveryAddressSource reactive(Supplier<? extends ReactiveDiscoveryClient> client,
			Duration refreshInterval) {
		return new DiscoveryAddressSource(Flux.defer(() -> client.get().getServices()),
				(service) -> Flux.defer(() -> client.get().getInstances(service)), refreshInterval);
	}

	/**
	 * Creates a source on a blocking client.
	 * @param client gives the client when it is first asked, since clients may be made
	 * with an HTTP client that knows the groups
	 * @param refreshInterval how long after an answer it is asked again
	 * @return the source, which knows nothing until it is started
	 */
	public static DiscoveryAddressSource blocking(Supplier<? extends DiscoveryClient> client,
			Duration refreshInterval) {
		return new DiscoveryAddressSource(
				Flux.defer(() -> Flux.fromIterable(client.get().getServices()))
					.subscribeOn(Schedulers.boundedElastic()),
				(service) -> Flux.defer(() -> Flux.fromIterable(client.get().getInstances(service)))
					.subscribeOn(Schedulers.boundedElastic()),
				refreshInterval);
	}

	@Override
	public boolean knows(String group) {
		return this.known.containsKey(group);
	}

	@Override
	public Flux<List<List<Address>>> addresses(String group) {
		return Mono.defer(() -> this.instances.apply(this.known.getOrDefault(group, group)).collectList())
			.map(DiscoveryAddressSource::tiers)
			.repeatWhen((answered) -> answered.delayElements(this.refreshInterval))
			.distinctUntilChanged();
	}

	private static List<List<Address>> tiers(List<ServiceInstance> instances) {
		List<Address> addresses = instances.stream()
			.filter((instance) -> instance.getHost() != null && instance.getPort() > 0)
			.map((instance) -> new Address(instance.getHost(), instance.getPort(), weight(instance)))
			.toList();
		return addresses.isEmpty() ? List.of() : List.of(addresses);
	}

	private static int weight(ServiceInstance instance) {
		Map<String, String> metadata = instance.getMetadata();
		String weight = (metadata != null) ? metadata.get("weight") : null;
		return (weight != null && weight.matches("[1-9]\\d{0,8}")) ? Integer.parseInt(weight) : 1;
	}

	/**
	 * Begins to ask which services there are, and waits a little for the first answer: a
	 * request of before it would take the name of a service for any other host.
	 */
	@Override
	public synchronized void start() {
		if (this.refresh != null) {
			return;
		}
		try {
			ask().block(FIRST_ANSWER);
		}
		catch (RuntimeException ex) {
			failed(ex);
		}
		this.refresh = Mono.delay(this.refreshInterval)
			.then(ask())
			.repeat()
			.doOnError(this::failed)
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, this.refreshInterval))
			.subscribe();
	}

	private Mono<Void> ask() {
		return this.services.collectList().doOnNext((services) -> {
			Map<String, String> known = new HashMap<>();
			services.forEach((service) -> known.putIfAbsent(service.toLowerCase(Locale.ROOT), service));
			this.known = Map.copyOf(known);
			this.failing = false;
		}).then();
	}

	private void failed(Throwable error) {
		if (!this.failing) {
			this.failing = true;
			logger.warn("It cannot be told which services there are; those known before stay: " + error);
		}
	}

	@Override
	public synchronized void stop() {
		Disposable present = this.refresh;
		this.refresh = null;
		if (present != null) {
			present.dispose();
		}
	}

	@Override
	public boolean isRunning() {
		return this.refresh != null;
	}

	/**
	 * Returns the phase of Spring Cloud's own discovery clients, before the connections.
	 */
	@Override
	public int getPhase() {
		return 0;
	}

}
