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

package io.support.dispatch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResultSize} and for what dispatchers measure by it.
 */
class ResultSizeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Dispatchers dispatchers = Dispatchers.create(
			new DispatchSettings(new DispatchSettings.Pool(1, 10), new DispatchSettings.Pool(1, 10), PATIENCE),
			System::nanoTime, this.registry);

	@AfterEach
	void close() {
		this.dispatchers.close();
	}

	@Test
	void buffersStringsAndCollectionsHaveSizes() {
		byte[] bytes = "four".getBytes(StandardCharsets.UTF_8);
		assertThat(ResultSize.of(bytes)).isEqualTo(4);
		assertThat(ResultSize.of(new int[3])).isEqualTo(3);
		assertThat(ResultSize.of(new Object[0])).isZero();
		assertThat(ResultSize.of("four")).isEqualTo(4);
		assertThat(ResultSize.of(ByteBuffer.wrap(bytes, 1, 2))).isEqualTo(2);
		assertThat(ResultSize.of(Unpooled.wrappedBuffer(bytes))).isEqualTo(4);
		assertThat(ResultSize.of(DefaultDataBufferFactory.sharedInstance.wrap(bytes))).isEqualTo(4);
		assertThat(ResultSize.of(List.of(1, 2))).isEqualTo(2);
		assertThat(ResultSize.of(Set.of())).isZero();
		assertThat(ResultSize.of(Map.of("a", 1))).isOne();
	}

	@Test
	void otherResultsHaveNone() {
		assertThat(ResultSize.of(null)).isEqualTo(ResultSize.NONE);
		assertThat(ResultSize.of(42)).isEqualTo(ResultSize.NONE);
	}

	@Test
	void collectionsOfOthersAreNotAsked() {
		assertThat(ResultSize.of(new LazyList())).isEqualTo(ResultSize.NONE);
	}

	@Test
	void everyKindOfCallIsMeasured() throws Exception {
		Dispatcher io = this.dispatchers.io();
		io.call(() -> "four");
		assertThat(io.future(() -> "fives")).succeedsWithin(PATIENCE);
		assertThat(io.mono(() -> List.of(1, 2, 3, 4, 5, 6)).block(PATIENCE)).hasSize(6);
		CompletableFuture<String> stage = new CompletableFuture<>();
		CompletableFuture<String> later = io.stage(io.statistics("stage"), () -> stage, null);
		stage.complete("seventy");
		assertThat(later).succeedsWithin(PATIENCE);
		assertThat(io.flux(io.statistics("flux"), () -> Flux.range(0, 1000), null).count().block(PATIENCE))
			.isEqualTo(1000);
		assertThat(sizes("none").count()).isEqualTo(3);
		assertThat(sizes("none").totalAmount()).isEqualTo(4 + 5 + 6);
		assertThat(sizes("stage").totalAmount()).isEqualTo(7);
		assertThat(sizes("flux").count()).isOne();
		assertThat(sizes("flux").max()).isEqualTo(1000);
		Dispatchers.Snapshot snapshot = (Dispatchers.Snapshot) this.dispatchers.contributor().snapshot();
		assertThat(snapshot.dispatchers().get("io").methods().get("none").resultSize())
			.isEqualTo(new CallStatistics.Sizes(5, 6));
	}

	@Test
	void whatRunsInPlaceIsNotMeasured() throws Exception {
		this.dispatchers.io().call(() -> this.dispatchers.io().call(() -> "in place").length());
		assertThat(sizes("none").count()).isZero();
	}

	private DistributionSummary sizes(String method) {
		return this.registry.get("support.dispatch.result.size")
			.tag("dispatcher", "io")
			.tag("method", method)
			.summary();
	}

	/**
	 * As a list of an object-relational mapper whose session has been closed.
	 */
	private static final class LazyList extends AbstractList<Object> {

		@Override
		public Object get(int index) {
			throw new IllegalStateException("Not loaded");
		}

		@Override
		public int size() {
			throw new IllegalStateException("Not loaded");
		}

	}

}
