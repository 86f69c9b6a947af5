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

import java.util.Optional;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Netflix's concurrency-limits where a user of WebFlux would put it: every request needs
 * a token, and gets 503 when there is none.
 */
final class LimitFilter implements WebFilter {

	private final Limiter<Void> limiter;

	private LimitFilter(Limit limit) {
		this.limiter = SimpleLimiter.newBuilder().limit(limit).build();
	}

	/**
	 * Creates a filter.
	 * @param limit {@code vegas}, {@code gradient2}, or a number that is not adapted
	 * @return the filter
	 */
	static LimitFilter of(String limit) {
		return new LimitFilter(switch (limit) {
			case "vegas" -> VegasLimit.newDefault();
			case "gradient2" -> Gradient2Limit.newDefault();
			default -> FixedLimit.of(Integer.parseInt(limit));
		});
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return Mono.defer(() -> {
			Optional<Limiter.Listener> token = this.limiter.acquire(null);
			if (token.isEmpty()) {
				exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
				return exchange.getResponse().setComplete();
			}
			return chain.filter(exchange).doFinally((end) -> release(token.get(), end));
		});
	}

	private static void release(Limiter.Listener token, SignalType end) {
		switch (end) {
			case ON_COMPLETE -> token.onSuccess();
			case ON_ERROR -> token.onDropped();
			default -> token.onIgnore();
		}
	}

}
