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

package io.support.testing;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs after all other tests: none of them may have leaked a buffer.
 */
@Order(Integer.MAX_VALUE)
class LeakTests {

	private static final String ON_PURPOSE = "leaked on purpose";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@Test
	void noBufferHasLeaked() {
		assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
		leakOnPurpose();
		// What was leaked before is known by then.
		await().atMost(PATIENCE).until(() -> {
			collectAndReport();
			return LeakRecorder.leaks().stream().anyMatch((leak) -> leak.contains(ON_PURPOSE));
		});
		assertThat(LeakRecorder.leaks()).as("leaks of the tests before").allMatch((leak) -> leak.contains(ON_PURPOSE));
		LeakRecorder.forget();
	}

	/*
	 * A detector reports when it is asked to track the next buffer, and knows a leak when
	 * the garbage collector has found it.
	 */
	private void collectAndReport() throws InterruptedException {
		ReferenceQueue<Object> collected = new ReferenceQueue<>();
		PhantomReference<Object> canary = new PhantomReference<>(new Object(), collected);
		System.gc();
		assertThat(collected.remove(PATIENCE.toMillis())).as("garbage was collected").isSameAs(canary);
		PooledByteBufAllocator.DEFAULT.buffer().release();
		PooledByteBufAllocator.DEFAULT.compositeBuffer().release();
	}

	private void leakOnPurpose() {
		ByteBuf leaked = PooledByteBufAllocator.DEFAULT.buffer();
		assertThat(leaked.touch(ON_PURPOSE).refCnt()).isOne();
	}

}
