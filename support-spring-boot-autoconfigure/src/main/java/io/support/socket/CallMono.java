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

package io.support.socket;

import java.util.function.Supplier;

import io.netty.channel.EventLoop;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * An operation for each subscriber.
 *
 * @param <T> the type of its result
 */
final class CallMono<T> extends Mono<T> {

	private final Supplier<Operation<T>> operations;

	private final EventLoop loop;

	private final long timeoutNanos;

	private CallMono(Supplier<Operation<T>> operations, EventLoop loop, long timeoutNanos) {
		this.operations = operations;
		this.loop = loop;
		this.timeoutNanos = timeoutNanos;
	}

	static <T> Mono<T> of(Supplier<Operation<T>> operations, EventLoop loop, long timeoutNanos) {
		return onAssembly(new CallMono<>(operations, loop, timeoutNanos));
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> subscriber) {
		subscriber.onSubscribe(new ReactiveCall<>(subscriber, this.operations.get(), this.loop, this.timeoutNanos));
	}

}
