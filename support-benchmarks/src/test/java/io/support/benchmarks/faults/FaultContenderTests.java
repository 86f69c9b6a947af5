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

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FaultContender}.
 */
class FaultContenderTests {

	private static final PeerAddresses PEERS = new PeerAddresses(
			List.of(List.of("127.0.1.1", "127.0.1.2"), List.of("127.0.1.3", "127.0.1.4")), 8080, 5353);

	@Test
	void groupsHaveTiersAndWhatTheFaultSays() {
		assertThat(properties("support", Faults.named("slow"))).contains("support.enabled=true",
				"faults.url=http://peers",
				"support.connections.groups.peers.tiers[0].addresses=127.0.1.1:8080,127.0.1.2:8080",
				"support.connections.groups.peers.tiers[1].addresses=127.0.1.3:8080,127.0.1.4:8080",
				"support.connections.groups.peers.hedge.enabled=true");
	}

	@Test
	void othersKnowAllAddressesOrTheName() {
		Fault fault = Faults.named("socket-limit");
		assertThat(properties("webclient", fault)).contains("support.enabled=false",
				"faults.url=http://peers.test:8080", "faults.max-connections=8");
		assertThat(properties("resilience4j", fault)).contains(
				"faults.url=http://127.0.1.1:8080,http://127.0.1.2:8080,http://127.0.1.3:8080,http://127.0.1.4:8080",
				"faults.max-connections=2");
		assertThat(properties("loadbalancer", fault)).contains("faults.url=http://peers",
				"spring.cloud.discovery.client.simple.instances.peers[3].uri=http://127.0.1.4:8080");
	}

	@Test
	void whereTheNameFailsEverybodyHasTheName() {
		Fault fault = Faults.named("dns-mute");
		assertThat(properties("support", fault))
			.contains("support.connections.groups.peers.tiers[0].addresses=peers.test:8080");
		assertThat(properties("resilience4j", fault)).contains("faults.url=http://peers.test:8080");
		assertThat(properties("loadbalancer", fault))
			.contains("spring.cloud.discovery.client.simple.instances.peers[0].uri=http://peers.test:8080");
	}

	@Test
	void propertiesFollowTheNameAndComeLast() {
		FaultContender contender = FaultContender.listed("webclient, support:support.stats.enabled=false").get(1);
		assertThat(contender.name()).isEqualTo("support:support.stats.enabled=false");
		assertThat(contender.properties(Faults.named("mute"), PEERS)).last().isEqualTo("support.stats.enabled=false");
	}

	@Test
	void unknownContenderIsRefusedWithTheKnownOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> FaultContender.listed("feign"))
			.withMessageContaining("[webclient, resilience4j, loadbalancer, support]")
			.withMessageEndingWith("feign");
	}

	private static List<String> properties(String name, Fault fault) {
		return FaultContender.listed(name).get(0).properties(fault, PEERS);
	}

}
