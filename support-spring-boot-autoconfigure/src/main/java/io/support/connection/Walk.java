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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * The way of one request through the addresses of its group: from one to the next until
 * one of them answers, the request must not be sent again, or no address is left. At most
 * one attempt is on its way at any time.
 */
final class Walk {

	private final ManagedGroup group;

	private final Mono<Connection> exchange;

	private final Repetition repetition;

	private final Route route;

	Walk(ManagedGroup group, Mono<Connection> exchange, Repetition repetition) {
		this.group = group;
		this.exchange = exchange;
		this.repetition = repetition;
		this.route = new Route(group);
	}

	Mono<Connection> start() {
		return go(this.route.first());
	}

	private Mono<Connection> go(@Nullable Attempt attempt) {
		if (attempt == null) {
			return Mono.error(this.route.exhausted());
		}
		return this.exchange.contextWrite((context) -> context.put(Attempt.class, attempt))
			.doOnNext((connection) -> this.group.judge().succeeded(attempt, connection))
			.doOnCancel(() -> this.group.judge().abandoned(attempt))
			.onErrorResume((error) -> failed(attempt, error));
	}

	private Mono<Connection> failed(Attempt attempt, Throwable error) {
		boolean fault = this.repetition.isFaultOfAddress(attempt);
		FailureReason reason = FailureReason.of(error, attempt.request() != null);
		this.group.judge().failed(attempt, reason, error, fault);
		if (!fault || !this.repetition.isAllowedAfter(attempt, reason, error)) {
			return Mono.error(error);
		}
		this.route.failed(attempt, error);
		return go(this.route.retry());
	}

}
