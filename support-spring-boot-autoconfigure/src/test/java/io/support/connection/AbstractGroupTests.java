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
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Mono;

import static org.awaitility.Awaitility.await;

/**
 * What tests of a group with two peers have in common.
 */
abstract class AbstractGroupTests {

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	final TestPeer one = TestPeer.answering("one");

	final TestPeer two = TestPeer.answering("two");

	final TestConnections connections = new TestConnections();

	ConnectionManager manager;

	final String dead = TestPeer.deadAddress();

	@AfterEach
	void close() {
		if (this.manager != null) {
			this.manager.close();
		}
		this.one.close();
		this.two.close();
	}

	CircuitBreaker breaker(String address) {
		return this.connections.breakers.circuitBreaker("support.payments." + address);
	}

	ConnectionsSnapshot.AddressState state(String address) {
		return states().filter((state) -> state.address().equals(address)).findFirst().orElseThrow();
	}

	Stream<ConnectionsSnapshot.AddressState> states() {
		ConnectionsSnapshot snapshot = (ConnectionsSnapshot) this.manager.snapshot();
		return snapshot.groups().get(0).tiers().stream().flatMap(List::stream);
	}

	List<String> answers(int count) {
		return IntStream.range(0, count).mapToObj((i) -> get("payments", "/")).toList();
	}

	/*
	 * A caller may have its answer a moment before the connection is back in the pool.
	 */
	String get(String name, String uri) {
		String answer = request(name, uri).block(TIMEOUT);
		await().pollInterval(Duration.ofMillis(1)).atMost(TIMEOUT).until(this::isEveryConnectionIdle);
		return answer;
	}

	/*
	 * Sockets are counted too: the pool counts a connection that is on its way back
	 * neither as active nor as idle.
	 */
	boolean isEveryConnectionIdle() {
		int sockets = ((ConnectionsSnapshot) this.manager.snapshot()).groups().get(0).connections();
		return states().mapToInt(ConnectionsSnapshot.AddressState::active).sum() == 0
				&& sockets <= states().mapToInt(ConnectionsSnapshot.AddressState::idle).sum();
	}

	Mono<String> request(String name, String uri) {
		try {
			return this.manager.httpClient(name).get().uri(uri).responseContent().aggregate().asString();
		}
		catch (NameNotFoundException ex) {
			return Mono.error(ex);
		}
	}

}
