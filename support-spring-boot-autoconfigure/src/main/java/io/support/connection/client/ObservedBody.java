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

package io.support.connection.client;

import java.nio.file.Path;
import java.util.function.Function;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.support.connection.BodyState;

/**
 * Watches how the body of one request is written, over all its attempts. A single buffer
 * and a file can be written again, since the body is encoded anew every time; a stream
 * cannot be, once it has been subscribed to.
 */
final class ObservedBody implements BodyState {

	private volatile boolean value;

	private volatile boolean streamed;

	private volatile boolean failed;

	@Override
	public boolean isRepeatable() {
		return !this.streamed;
	}

	@Override
	public boolean isShareable() {
		return this.value;
	}

	@Override
	public boolean hasFailed() {
		return this.failed;
	}

	Mono<Void> write(ClientHttpRequest request, Function<? super ClientHttpRequest, Mono<Void>> callback) {
		ObservedRequest observed = new ObservedRequest(request);
		return callback.apply(observed).doOnError((ex) -> {
			if (!observed.begun) {
				this.failed = true;
			}
		});
	}

	private final class ObservedRequest extends ClientHttpRequestDecorator implements ZeroCopyHttpOutputMessage {

		private volatile boolean begun;

		ObservedRequest(ClientHttpRequest delegate) {
			super(delegate);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			this.begun = true;
			if (body instanceof Mono<? extends DataBuffer> single) {
				ObservedBody.this.value = true;
				return super.writeWith(single.doOnError((ex) -> ObservedBody.this.failed = true));
			}
			return super.writeWith(stream(body));
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			this.begun = true;
			return super.writeAndFlushWith(stream(body));
		}

		@Override
		public Mono<Void> writeWith(Path file, long position, long count) {
			this.begun = true;
			ObservedBody.this.value = true;
			return ((ZeroCopyHttpOutputMessage) getDelegate()).writeWith(file, position, count);
		}

		@Override
		public Mono<Void> setComplete() {
			this.begun = true;
			ObservedBody.this.value = true;
			return super.setComplete();
		}

		private <T> Flux<T> stream(Publisher<T> body) {
			return Flux.from(body)
				.doOnSubscribe((subscription) -> ObservedBody.this.streamed = true)
				.doOnError((ex) -> ObservedBody.this.failed = true);
		}

	}

}
