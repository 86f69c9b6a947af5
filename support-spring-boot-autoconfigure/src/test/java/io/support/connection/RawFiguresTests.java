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

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.test.StepVerifier;

import io.support.socket.BufferedSocket;
import io.support.socket.ReactiveBufferedSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what is known of those who wait on raw connections.
 */
@Timeout(30)
class RawFiguresTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** As many may wait to receive from one connection. */
	private static final int MAX_WAITING = 1024;

	private final ScriptedPeer peer = new ScriptedPeer();

	private final TestConnections connections = new TestConnections();

	private final ConnectionManager manager = this.connections.tier(this.peer.address()).manager();

	RawFiguresTests() throws IOException {
	}

	@AfterEach
	void close() throws IOException {
		this.manager.close();
		this.peer.close();
	}

	@Test
	void thoseWhoWaitAndThoseWhoWereRefusedAreCounted() {
		ManagedConnection connection = this.manager.connect("payments").block(TIMEOUT);
		ReactiveBufferedSocket socket = BufferedSocket.over(connection.channel()).reactive();
		Disposable.Composite waiting = Disposables.composite();
		for (int i = 0; i < MAX_WAITING; i++) {
			waiting.add(socket.receiveExactly(1).subscribe());
		}
		await().untilAsserted(() -> assertThat(waiting()).isEqualTo(MAX_WAITING));
		StepVerifier.create(socket.receiveExactly(1)).expectError(RejectedExecutionException.class).verify(TIMEOUT);
		assertThat(this.connections.meters.get("support.connections.raw.refused").functionCounter().count())
			.isEqualTo(1);
		waiting.dispose();
		await().untilAsserted(() -> assertThat(waiting()).isZero());
		connection.close();
	}

	private double waiting() {
		return this.connections.meters.get("support.connections.raw.waiting").gauge().value();
	}

}
