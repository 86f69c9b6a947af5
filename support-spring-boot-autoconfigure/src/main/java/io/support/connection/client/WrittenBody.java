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

import java.io.IOException;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.StreamingHttpOutputMessage.Body;
import reactor.netty.NettyOutbound;

/**
 * A body that is written while it is sent. It can be sent again if it can be written
 * again, or as long as nobody has asked for it.
 */
final class WrittenBody extends RequestBody {

	private final Body body;

	private final BlockingExchange exchange;

	private volatile boolean begun;

	private volatile @Nullable Exception failure;

	WrittenBody(Body body, BlockingExchange exchange) {
		this.body = body;
		this.exchange = exchange;
	}

	@Override
	Publisher<Void> send(NettyOutbound outbound) {
		return outbound.send(new BodyPipe(this.exchange, outbound.alloc(), this));
	}

	@Override
	public boolean isRepeatable() {
		return !this.begun || this.body.repeatable();
	}

	@Override
	@Nullable Exception failure() {
		return this.failure;
	}

	void begin() {
		this.begun = true;
	}

	void writeTo(OutputStream output) throws IOException {
		this.body.writeTo(output);
	}

	void fail(Exception failure) {
		this.failure = failure;
	}

}
