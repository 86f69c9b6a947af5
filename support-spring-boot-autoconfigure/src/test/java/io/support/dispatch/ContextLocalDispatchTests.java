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

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.support.context.ContextLocal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContextLocal} on the threads of dispatchers.
 */
class ContextLocalDispatchTests {

	private static final DispatchSettings.Pool POOL = new DispatchSettings.Pool(1, 10);

	private final ContextLocal<String> tenant = ContextLocal.register("dispatched-tenant");

	private final Dispatchers dispatchers = Dispatchers.create(new DispatchSettings(POOL, POOL, Duration.ofSeconds(10)),
			System::nanoTime, new SimpleMeterRegistry());

	@AfterEach
	void close() {
		this.dispatchers.close();
		this.tenant.close();
	}

	@Test
	void valueFollowsACallAndANestedOne() throws Exception {
		try (ContextLocal.Scope scope = this.tenant.open("a")) {
			assertThat(this.dispatchers.io().call(this.tenant::get)).isEqualTo("a");
			assertThat(this.dispatchers.io().call(() -> this.dispatchers.cpu().call(this.tenant::get))).isEqualTo("a");
			assertThat(this.dispatchers.cpu().future(this.tenant::get).get(10, TimeUnit.SECONDS)).isEqualTo("a");
		}
		assertThat(this.dispatchers.io().call(this.tenant::get)).isNull();
	}

	@Test
	void valueOfAChainIsThereOnTheThread() {
		assertThat(this.dispatchers.io().mono(this.tenant::get).contextWrite(this.tenant.write("b")).block())
			.isEqualTo("b");
		assertThat(this.dispatchers.io().mono(this.tenant::get).blockOptional()).isEmpty();
	}

}
