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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import reactor.netty.http.client.HttpClient;

import io.support.connection.traffic.RecentTraffic;
import io.support.event.EventLog;
import io.support.event.Operations;
import io.support.stats.StateMachineSnapshot;
import io.support.stats.StateMachines;

/**
 * A {@link ConnectionManager} with one group for tests, with a clock that stands still
 * unless it is told otherwise.
 */
public final class TestConnections {

	public final AtomicLong nanos = new AtomicLong();

	public final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	public final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();

	public final EventLog events = new EventLog(InstantSource.system(), System::nanoTime);

	public final StateMachines machines = new StateMachines();

	public final List<String> peers = new CopyOnWriteArrayList<>();

	private final List<List<Address>> tiers = new ArrayList<>();

	private Duration connectTimeout = Duration.ofSeconds(5);

	private Duration connectAttemptDelay = Duration.ZERO;

	private Duration responseTimeout = Duration.ofSeconds(10);

	private int maxConnectRetries = 1;

	private GroupSettings.Markdown markdown = new GroupSettings.Markdown(true, Duration.ofSeconds(10), 1);

	private int maxConnections = 100;

	private GroupSettings.Pool pool = new GroupSettings.Pool(10, Duration.ofSeconds(10));

	private GroupSettings.RetryBudget retryBudget = new GroupSettings.RetryBudget(0.2, 10);

	private GroupSettings.Hedge hedge = new GroupSettings.Hedge(false, List.of(Duration.ofMillis(50)));

	private GroupSettings.Outlier outlier = new GroupSettings.Outlier(true, 3, 100, Duration.ofMillis(50),
			Duration.ofSeconds(10), Duration.ofSeconds(30));

	private LongSupplier ticks = () -> 0;

	private GroupSettings.Tls tls = new GroupSettings.Tls(null, Duration.ofSeconds(10));

	private TlsBundles bundles = TlsBundles.none();

	private Protocol protocol = Protocol.HTTP1;

	private UnaryOperator<HttpClient> customizer = UnaryOperator.identity();

	private int maxConnectionsOfAll = 1000;

	private RecentTraffic traffic;

	private String[] orders = {};

	public TestConnections tier(String... addresses) {
		this.tiers.add(Arrays.stream(addresses).map(Address::parse).toList());
		return this;
	}

	public TestConnections connectTimeout(Duration timeout) {
		this.connectTimeout = timeout;
		return this;
	}

	public TestConnections connectAttemptDelay(Duration delay) {
		this.connectAttemptDelay = delay;
		return this;
	}

	public TestConnections responseTimeout(Duration timeout) {
		this.responseTimeout = timeout;
		return this;
	}

	public TestConnections maxConnectRetries(int retries) {
		this.maxConnectRetries = retries;
		return this;
	}

	public TestConnections markdown(boolean enabled, int failures) {
		this.markdown = new GroupSettings.Markdown(enabled, Duration.ofSeconds(10), failures);
		return this;
	}

	public TestConnections maxConnections(int connections) {
		this.maxConnections = connections;
		return this;
	}

	public TestConnections pool(int maxIdle, Duration maxIdleTime) {
		this.pool = new GroupSettings.Pool(maxIdle, maxIdleTime);
		return this;
	}

	public TestConnections retryBudget(double ratio, int minPerSecond) {
		this.retryBudget = new GroupSettings.RetryBudget(ratio, minPerSecond);
		return this;
	}

	public TestConnections hedge(Duration... delays) {
		this.hedge = new GroupSettings.Hedge(true, List.of(delays));
		return this;
	}

	public TestConnections outlier(int minRequests, Duration minLatency) {
		this.outlier = new GroupSettings.Outlier(true, 3, minRequests, minLatency, Duration.ofSeconds(10),
				Duration.ofSeconds(30));
		return this;
	}

	/**
	 * Lets the clock run from now on, so that latencies are what they are.
	 */
	public TestConnections running() {
		this.ticks = System::nanoTime;
		return this;
	}

	public TestConnections customizer(UnaryOperator<HttpClient> customizer) {
		this.customizer = customizer;
		return this;
	}

	public TestConnections tls(TlsBundles bundles, Duration handshakeTimeout) {
		this.bundles = bundles;
		this.tls = new GroupSettings.Tls("test", handshakeTimeout);
		return this;
	}

	public TestConnections protocol(Protocol protocol) {
		this.protocol = protocol;
		return this;
	}

	public TestConnections maxConnectionsOfAll(int connections) {
		this.maxConnectionsOfAll = connections;
		return this;
	}

	public TestConnections traffic(RecentTraffic traffic) {
		this.traffic = traffic;
		return this;
	}

	/**
	 * Adds a second group, "orders", with the same settings.
	 */
	public TestConnections orders(String... addresses) {
		this.orders = addresses;
		return this;
	}

	/**
	 * Returns a manager of the group "payments" with the alias "pay".
	 */
	public ConnectionManager manager() {
		return manager(AddressSources.none());
	}

	/**
	 * Returns the same with addresses that come from elsewhere.
	 */
	public ConnectionManager manager(AddressSources sources) {
		List<GroupSettings> groups = new ArrayList<>(List.of(settings("payments", this.tiers)));
		if (this.orders.length > 0) {
			groups.add(settings("orders", List.of(Arrays.stream(this.orders).map(Address::parse).toList())));
		}
		return new ConnectionManager(groups, Map.of("pay", "payments"), resources(), sources);
	}

	/**
	 * Returns the settings of another group.
	 */
	public GroupSettings settings(String name, List<List<Address>> tiers) {
		return new GroupSettings(new AddressGroup(name, tiers), this.connectTimeout, this.connectAttemptDelay,
				this.responseTimeout, this.maxConnectRetries, this.markdown, this.maxConnections, this.pool,
				this.retryBudget, this.hedge, this.outlier, this.tls, this.protocol);
	}

	private ConnectionResources resources() {
		Random random = new Random(42);
		return new ConnectionResources((provider) -> this.customizer.apply(HttpClient.create(provider)), this.breakers,
				this.meters, new Operations(this.events, ObservationRegistry.NOOP, System::nanoTime), this.peers::add,
				this.machines, this.bundles, this.maxConnectionsOfAll, this.traffic, () -> {
					synchronized (random) {
						return random.nextLong();
					}
				}, () -> this.nanos.get() + this.ticks.getAsLong());
	}

	/**
	 * Returns how many connections must not be used again for a reason.
	 */
	public double tainted(String reason) {
		return this.meters.get("support.connections.tainted").tag("reason", reason).counter().count();
	}

	/**
	 * Returns how many attempts have failed, for whatever reason.
	 */
	public double failures() {
		return this.meters.find("support.connections.failures")
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	/**
	 * Returns what is known of the states of connections.
	 */
	public StateMachineSnapshot states() {
		return (StateMachineSnapshot) this.machines.detail("outgoing").orElseThrow();
	}

	/**
	 * Returns how many connections are in a state.
	 */
	public int present(String state) {
		return states().states()
			.stream()
			.filter((one) -> one.name().equals(state))
			.mapToInt(StateMachineSnapshot.State::present)
			.sum();
	}

	public void advance(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

}
