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

package io.support.benchmarks.server;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LimitFilter}.
 */
class LimitFilterTests {

	private final LimitFilter filter = LimitFilter.of("1");

	@Test
	void refusesWhileThereIsNoToken() {
		Sinks.Empty<Void> work = Sinks.empty();
		assertThat(status(work.asMono())).isNull();
		assertThat(status(Mono.empty())).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		work.tryEmitEmpty().orThrow();
		assertThat(status(Mono.empty())).isNull();
	}

	@Test
	void unknownLimitIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LimitFilter.of("reno"));
	}

	private Object status(Mono<Void> work) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
		this.filter.filter(exchange, (passed) -> work).subscribe();
		return exchange.getResponse().getStatusCode();
	}

}
