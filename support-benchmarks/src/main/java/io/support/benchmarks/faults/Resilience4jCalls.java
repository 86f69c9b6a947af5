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

package io.support.benchmarks.faults;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

/**
 * What somebody builds with care from Resilience4j: a circuit breaker for each address,
 * addresses in turn without those whose breaker is open, and a retry around both that
 * tries another address, three attempts in all with a short, random pause. Sent again is
 * what is idempotent, and what nobody can have seen.
 */
final class Resilience4jCalls implements Calls {

	private static final CircuitBreakerConfig BREAKER = CircuitBreakerConfig.custom()
		.slidingWindowSize(20)
		.minimumNumberOfCalls(5)
		.failureRateThreshold(50)
		.waitDurationInOpenState(Duration.ofSeconds(10))
		.permittedNumberOfCallsInHalfOpenState(1)
		.automaticTransitionFromOpenToHalfOpenEnabled(true)
		.build();

	private final AtomicInteger turn = new AtomicInteger();

	private final List<Guarded> addresses;

	private final Retry idempotent = retry("idempotent",
			(error) -> !(error instanceof WebClientResponseException response) || !response.getStatusCode().isError());

	private final Retry unseen = retry("unseen", (error) -> error instanceof CallNotPermittedException
			|| error instanceof ConnectException || error.getCause() instanceof ConnectException);

	Resilience4jCalls(List<Calls> addresses) {
		this.addresses = addresses.stream()
			.map((calls) -> new Guarded(calls, CircuitBreaker.of("peer", BREAKER)))
			.toList();
	}

	private static Retry retry(String name, Predicate<Throwable> again) {
		return Retry.of(name,
				RetryConfig.custom()
					.maxAttempts(3)
					.intervalFunction(IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(10), 2))
					.retryOnException(again)
					.build());
	}

	@Override
	public Mono<String> get(int call) {
		return attempt((address) -> address.get(call)).transformDeferred(RetryOperator.of(this.idempotent));
	}

	@Override
	public Mono<String> post(int call) {
		return attempt((address) -> address.post(call)).transformDeferred(RetryOperator.of(this.unseen));
	}

	private Mono<String> attempt(Function<Calls, Mono<String>> call) {
		return Mono.defer(() -> {
			Guarded address = next();
			return call.apply(address.calls()).transformDeferred(CircuitBreakerOperator.of(address.breaker()));
		});
	}

	private Guarded next() {
		int first = this.turn.getAndIncrement();
		for (int offset = 0; offset < this.addresses.size(); offset++) {
			Guarded address = at(first + offset);
			if (address.breaker().getState() != CircuitBreaker.State.OPEN) {
				return address;
			}
		}
		return at(first);
	}

	private Guarded at(int index) {
		return this.addresses.get(Math.floorMod(index, this.addresses.size()));
	}

	/**
	 * An address with its breaker.
	 *
	 * @param calls calls it
	 * @param breaker opens when too many calls fail
	 */
	private record Guarded(Calls calls, CircuitBreaker breaker) {

	}

}
