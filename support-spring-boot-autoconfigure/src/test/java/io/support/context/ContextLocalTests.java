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

package io.support.context;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ContextLocal}.
 */
class ContextLocalTests {

	private final ContextRegistry registry = new ContextRegistry();

	private final ContextLocal<String> tenant = ContextLocal.register("tenant", this.registry);

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	@AfterEach
	void shutDown() {
		this.executor.shutdownNow();
	}

	@Test
	void scopesNest() {
		assertThat(this.tenant.get()).isNull();
		try (ContextLocal.Scope outer = this.tenant.open("a")) {
			try (ContextLocal.Scope inner = this.tenant.open("b")) {
				assertThat(this.tenant.get()).isEqualTo("b");
			}
			assertThat(this.tenant.get()).isEqualTo("a");
		}
		assertThat(this.tenant.get()).isNull();
	}

	@Test
	void followsToAnotherThreadAndStaysThereNoLonger() throws ExecutionException, InterruptedException {
		ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().contextRegistry(this.registry).build();
		ExecutorService following = ContextExecutorService.wrap(this.executor, snapshots::captureAll);
		try (ContextLocal.Scope scope = this.tenant.open("a")) {
			assertThat(following.submit(this.tenant::get).get()).isEqualTo("a");
		}
		assertThat(this.executor.submit(this.tenant::get).get()).isNull();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void followsToAVirtualThreadOfSpring() throws ExecutionException, InterruptedException {
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor();
		threads.setVirtualThreads(true);
		threads.setTaskDecorator(new ContextPropagatingTaskDecorator(
				ContextSnapshotFactory.builder().contextRegistry(this.registry).build()));
		try (ContextLocal.Scope scope = this.tenant.open("a")) {
			assertThat(threads.submitCompletable(() -> this.tenant.get() + " " + Thread.currentThread()).get())
				.startsWith("a VirtualThread");
		}
		assertThat(threads.submitCompletable(this.tenant::get).get()).isNull();
	}

	@Test
	void isReadFromAChain() {
		Mono<String> chain = Mono.deferContextual((context) -> Mono.justOrEmpty(this.tenant.read(context)));
		assertThat(chain.contextWrite(this.tenant.write("a")).block()).isEqualTo("a");
		assertThat(chain.blockOptional()).isEmpty();
	}

	@Test
	void nameIsTakenUntilItIsClosed() {
		assertThatIllegalStateException().isThrownBy(() -> ContextLocal.register("tenant", this.registry))
			.withMessageContaining("'tenant'");
		this.tenant.close();
		ContextLocal.register("tenant", this.registry).close();
		assertThat(this.registry.getThreadLocalAccessors()).isEmpty();
	}

}
