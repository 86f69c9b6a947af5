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

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import io.support.connection.traffic.RecentTraffic;
import io.support.event.Operations;
import io.support.stats.StateMachines;

/**
 * What a {@link ConnectionManager} takes from its surroundings and does not own.
 *
 * @param httpClients makes the HTTP client of a group on the given provider, with the
 * loops, TLS and other settings of the application's stock client
 * @param circuitBreakers where the circuit breakers of the addresses are registered, one
 * each, named after group and address, such as {@code support.payments.10.0.0.1:8080}
 * @param meters where connections are counted
 * @param operations what is told of connecting, TLS handshakes and the resolution of
 * names, as {@code support.connect}, {@code support.tls} and {@code support.dns}
 * @param peers takes the address of each peer that a connection has been opened to
 * @param machines what is told of the health of addresses, as {@code group.} and the name
 * of their group, and of the connections, as {@code outgoing}
 * @param tls where the keys and the trusted certificates of groups come from
 * @param maxConnections how many connections all groups may have together, idle ones
 * included; positive
 * @param traffic keeps the last exchanges; {@code null} for none
 * @param random draws the order of the addresses; called from any thread
 * @param nanoTime the time in nanoseconds from an arbitrary origin, as in
 * {@link System#nanoTime()}
 */
public record ConnectionResources(Function<ConnectionProvider, HttpClient> httpClients,
		CircuitBreakerRegistry circuitBreakers, MeterRegistry meters, Operations operations, Consumer<String> peers,
		StateMachines machines, TlsBundles tls, int maxConnections, @Nullable RecentTraffic traffic,
		RandomGenerator random, LongSupplier nanoTime) {

	/**
	 * Creates resources.
	 * @param httpClients makes the HTTP client of a group
	 * @param circuitBreakers where the circuit breakers are registered
	 * @param meters where connections are counted
	 * @param operations what is told of operations
	 * @param peers takes the address of each peer
	 * @param machines what is told of states
	 * @param tls where keys and trusted certificates come from
	 * @param maxConnections how many connections all groups may have together
	 * @param traffic keeps the last exchanges; {@code null} for none
	 * @param random draws the order of the addresses
	 * @param nanoTime the time in nanoseconds
	 * @throws IllegalArgumentException if no connection is allowed
	 */
	public ConnectionResources {
		if (maxConnections < 1) {
			throw new IllegalArgumentException("max-connections must be positive, was: " + maxConnections);
		}
	}

}
