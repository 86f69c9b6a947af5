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

package io.support.acceptor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AcceptQueue}.
 */
class AcceptQueueTests {

	@Test
	void givesConnectionsInTheOrderOfTheirArrival() {
		AcceptQueue queue = new AcceptQueue(2);
		WaitingConnection first = waitingSince(1);
		WaitingConnection second = waitingSince(2);
		queue.offer(first);
		queue.offer(second);
		assertThat(queue.poll()).isSameAs(first);
		assertThat(queue.poll()).isSameAs(second);
		assertThat(queue.poll()).isNull();
	}

	@Test
	void takesNoMoreThanItsCapacity() {
		AcceptQueue queue = new AcceptQueue(2);
		assertThat(queue.offer(waitingSince(0))).isTrue();
		assertThat(queue.isFull()).isFalse();
		assertThat(queue.offer(waitingSince(0))).isTrue();
		assertThat(queue.isFull()).isTrue();
		assertThat(queue.offer(waitingSince(0))).isFalse();
		assertThat(queue.depth()).isEqualTo(2);
		queue.poll();
		assertThat(queue.offer(waitingSince(0))).isTrue();
	}

	@Test
	void givesOnlyConnectionsThatHaveWaitedLongerThanAsked() {
		AcceptQueue queue = new AcceptQueue(2);
		WaitingConnection old = waitingSince(100);
		queue.offer(old);
		queue.offer(waitingSince(150));
		assertThat(queue.pollOlderThan(50, 150)).isNull();
		assertThat(queue.pollOlderThan(50, 151)).isSameAs(old);
		assertThat(queue.pollOlderThan(50, 151)).isNull();
		assertThat(queue.depth()).isOne();
	}

	@Test
	void givesEachConnectionToExactlyOneOfManyThreads() throws Exception {
		int connections = 20_000;
		AcceptQueue queue = new AcceptQueue(64);
		Set<WaitingConnection> taken = ConcurrentHashMap.newKeySet();
		AtomicInteger takes = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(connections);
		ExecutorService takers = Executors.newFixedThreadPool(3);
		for (int i = 0; i < 3; i++) {
			boolean expire = i == 0;
			takers.execute(() -> {
				while (done.getCount() > 0) {
					WaitingConnection connection = expire ? queue.pollOlderThan(0, 1) : queue.poll();
					if (connection != null) {
						taken.add(connection);
						takes.incrementAndGet();
						done.countDown();
					}
				}
			});
		}
		for (int i = 0; i < connections;) {
			if (queue.offer(waitingSince(0))) {
				i++;
			}
		}
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		takers.shutdown();
		assertThat(takes).hasValue(connections);
		assertThat(taken).hasSize(connections);
		assertThat(queue.depth()).isZero();
	}

	private static WaitingConnection waitingSince(long nanos) {
		return new WaitingConnection(new DefaultChannelPromise(CHANNEL), nanos);
	}

	private static final EmbeddedChannel CHANNEL = new EmbeddedChannel();

}
