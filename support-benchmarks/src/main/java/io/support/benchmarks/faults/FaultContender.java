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

package io.support.benchmarks.faults;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.support.benchmarks.compare.Site;

/**
 * Somebody who calls: one of the ways in {@link ClientApplication}, with properties of
 * one's own if need be. All of them connect and wait for as long as each other.
 *
 * @param name for tables and the command line
 * @param client which way
 * @param properties further properties, a name, an equals sign and a value each
 */
record FaultContender(String name, String client, List<String> properties) {

	private static final List<String> CLIENTS = List.of(ClientApplication.WEB_CLIENT, ClientApplication.RESILIENCE4J,
			ClientApplication.LOAD_BALANCER, ClientApplication.SUPPORT);

	static final String ALL = String.join(",", CLIENTS);

	private static final String SERVICE = "peers";

	private static final String GROUP = "support.connections.groups." + SERVICE + ".";

	private static final String INSTANCES = "spring.cloud.discovery.client.simple.instances." + SERVICE;

	private static final String CONNECT_TIMEOUT = "250ms";

	private static final String RESPONSE_TIMEOUT = "500ms";

	/**
	 * Reads contenders.
	 * @param names with commas between them; properties follow a name, with colons
	 * @return the contenders in this order
	 */
	static List<FaultContender> listed(String names) {
		return Arrays.stream(names.split(",")).map((name) -> named(name.trim())).toList();
	}

	private static FaultContender named(String text) {
		List<String> parts = List.of(text.split(":"));
		if (!CLIENTS.contains(parts.get(0))) {
			throw new IllegalArgumentException(
					"A contender is one of " + CLIENTS + ", if need be with :property=value, was: " + text);
		}
		return new FaultContender(text, parts.get(0), List.copyOf(parts.subList(1, parts.size())));
	}

	/**
	 * Returns the class path of its JVM. Nobody has more than it needs: Spring Boot looks
	 * at that to decide what an application is.
	 * @param site where jars are
	 * @return the class path
	 * @throws IOException if they are not there
	 */
	String classPath(Site site) throws IOException {
		List<String> parts = new ArrayList<>(List.of(System.getProperty("java.class.path"), site.jars("lib-clients")));
		if (this.client.equals(ClientApplication.LOAD_BALANCER)) {
			parts.add(site.jars("lib-cloud"));
		}
		return String.join(File.pathSeparator, parts);
	}

	/**
	 * Returns the properties of its application.
	 * @param fault what it is about to meet
	 * @param peers where
	 * @return a name, an equals sign and a value each
	 */
	List<String> properties(Fault fault, PeerAddresses peers) {
		String byName = peers.withPort(NameServer.NAME);
		List<List<String>> tiers = fault.byName() ? List.of(List.of(byName))
				: peers.tiers().stream().map((tier) -> tier.stream().map(peers::withPort).toList()).toList();
		List<String> addresses = tiers.stream().flatMap(List::stream).toList();
		List<String> all = new ArrayList<>(
				List.of("logging.level.root=error", "spring.reactor.netty.shutdown-quiet-period=0s",
						"spring.http.clients.connect-timeout=" + CONNECT_TIMEOUT,
						"spring.http.clients.read-timeout=" + RESPONSE_TIMEOUT, "faults.name-port=" + peers.namePort(),
						"support.enabled=" + this.client.equals(ClientApplication.SUPPORT)));
		switch (this.client) {
			case ClientApplication.WEB_CLIENT -> {
				all.add("faults.url=http://" + byName);
				all.add("faults.max-connections=" + fault.maxConnections());
			}
			case ClientApplication.RESILIENCE4J -> {
				all.add("faults.url="
						+ String.join(",", addresses.stream().map((address) -> "http://" + address).toList()));
				all.add("faults.max-connections=" + fault.maxConnections() / addresses.size());
			}
			case ClientApplication.LOAD_BALANCER -> {
				all.add("faults.url=http://" + SERVICE);
				all.add("faults.max-connections=" + fault.maxConnections() / addresses.size());
				all.add("spring.cloud.loadbalancer.retry.enabled=true");
				for (int index = 0; index < addresses.size(); index++) {
					all.add(INSTANCES + "[" + index + "].uri=http://" + addresses.get(index));
				}
			}
			default -> {
				all.add("faults.url=http://" + SERVICE);
				all.add("support.connections.dns.servers=127.0.0.1:" + peers.namePort());
				addGroup(fault, tiers, all);
			}
		}
		all.addAll(this.properties);
		return all;
	}

	private static void addGroup(Fault fault, List<List<String>> tiers, List<String> all) {
		all.add(GROUP + "connect-timeout=" + CONNECT_TIMEOUT);
		all.add(GROUP + "response-timeout=" + RESPONSE_TIMEOUT);
		for (int tier = 0; tier < tiers.size(); tier++) {
			all.add(GROUP + "tiers[" + tier + "].addresses=" + String.join(",", tiers.get(tier)));
		}
		if (fault.maxConnections() > 0) {
			all.add(GROUP + "max-connections=" + fault.maxConnections());
		}
		fault.properties().forEach((property) -> all.add(GROUP + property));
	}

}
