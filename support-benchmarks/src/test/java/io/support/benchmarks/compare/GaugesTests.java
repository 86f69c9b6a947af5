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

package io.support.benchmarks.compare;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Gauges}.
 */
class GaugesTests {

	@Test
	void readsWhatServersHoldAndNothingElse() {
		assertThat(Gauges.parse("""
				# HELP support_acceptor_connections Connections being served.
				# TYPE support_acceptor_connections gauge
				support_acceptor_connections 3.0
				support_acceptor_refused_connections_total{reason="queue-full"} 1.0E6
				support_dispatch_depth_calls{dispatcher="cpu"} 1.0
				support_dispatch_depth_calls{dispatcher="io"} 2.0
				jvm_threads_live_threads 42.0
				""")).containsOnlyKeys("support_acceptor_connections", "support_dispatch_depth_calls")
			.containsValues(3.0, 3.0);
	}

	@Test
	void ofAServerWithoutThemAreNone() {
		assertThat(Gauges.parse("jvm_threads_live_threads 42.0\n")).isEmpty();
	}

}
