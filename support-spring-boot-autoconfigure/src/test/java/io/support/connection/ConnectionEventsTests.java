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

import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for what is told of the connections of a {@link ConnectionManager}.
 */
@Timeout(60)
class ConnectionEventsTests {

	private final TestPeer one = TestPeer.answering("one");

	private final TestConnections connections = new TestConnections();

	private ConnectionManager manager;

	private final String dead = TestPeer.deadAddress();

	@AfterEach
	void close() {
		this.manager.close();
		this.one.close();
	}

	@Test
	void openingConnectionsIsTold() throws Exception {
		String named = "localhost:" + this.one.port();
		this.manager = this.connections.tier(this.dead).tier(named).manager();
		assertThat(get()).isEqualTo("one");
		// The connection is returned after its answer has been read.
		Awaitility.await()
			.until(() -> this.connections.meters.get("support.connections.idle")
				.tag("address", named)
				.gauge()
				.value() == 1);
		assertThat(get()).isEqualTo("one");
		assertThat(events("support.connect")).containsExactlyInAnyOrder(tuple("failure", this.dead),
				tuple("success", named));
		assertThat(events("support.dns")).containsExactly(tuple("success", named));
		assertThat(events("support.markdown")).containsExactly(tuple("failure", this.dead));
		assertThat(events("support.tls")).isEmpty();
		assertThat(this.connections.peers).containsExactly("127.0.0.1");
		assertThat(this.connections.events.recent("support.connect")).filteredOn((event) -> event.error() != null)
			.singleElement()
			.satisfies((event) -> assertThat(event.error()).contains("ConnectException"));
	}

	@Test
	void nameThatCannotBeResolvedIsTold() {
		this.manager = this.connections.tier("nobody.invalid:80").manager();
		assertThatException().isThrownBy(() -> get()).withCauseInstanceOf(MultiConnectException.class);
		assertThat(events("support.dns")).containsExactly(tuple("failure", "nobody.invalid:80"));
	}

	private List<Tuple> events(String operation) {
		return this.connections.events.recent(operation)
			.stream()
			.map((event) -> tuple(event.outcome(), event.attributes().get("address")))
			.toList();
	}

	private String get() throws NameNotFoundException {
		return this.manager.httpClient("payments")
			.get()
			.uri("/")
			.responseContent()
			.aggregate()
			.asString()
			.block(Duration.ofSeconds(20));
	}

}
