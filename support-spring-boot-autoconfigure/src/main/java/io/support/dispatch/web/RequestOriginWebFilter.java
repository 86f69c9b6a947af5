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

package io.support.dispatch.web;

import org.reactivestreams.Subscription;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import io.support.dispatch.Originator;
import io.support.dispatch.TaskOrigin;

/**
 * Says that what a WebFlux application does for a request belongs to it: in the Reactor
 * context, and on the event loop for as long as the handling is begun there, so that a
 * handler's call that returns a future is known as well.
 */
public final class RequestOriginWebFilter implements WebFilter, Ordered {

	/**
	 * Creates a filter.
	 */
	public RequestOriginWebFilter() {
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		Originator originator = Originator.request(request.getMethod().name(), request.getPath().value());
		return new Handling(chain.filter(exchange), originator);
	}

	/**
	 * The handling of a request. One operator instead of several: it is there for every
	 * request.
	 */
	private static final class Handling extends Mono<Void> {

		private final Mono<Void> handling;

		private final Originator originator;

		Handling(Mono<Void> handling, Originator originator) {
			this.handling = handling;
			this.originator = originator;
		}

		@Override
		@SuppressWarnings("try") // the scope is for what is done in it
		public void subscribe(CoreSubscriber<? super Void> actual) {
			try (TaskOrigin.Scope scope = this.originator.open()) {
				this.handling.subscribe(new Handled(actual, this.originator.storeIn(actual.currentContext())));
			}
		}

	}

	/**
	 * Whoever waits for the handling, with a context that says whose it is.
	 */
	private record Handled(CoreSubscriber<? super Void> actual,
			Context currentContext) implements CoreSubscriber<Object> {

		@Override
		public void onSubscribe(Subscription subscription) {
			this.actual.onSubscribe(subscription);
		}

		@Override
		public void onNext(Object nothing) {
			// The handling has an end, and no value.
		}

		@Override
		public void onError(Throwable ex) {
			this.actual.onError(ex);
		}

		@Override
		public void onComplete() {
			this.actual.onComplete();
		}

	}

}
