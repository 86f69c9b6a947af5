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

import io.netty.buffer.ByteBuf;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Takes what Reactor Netty has received for the {@code inbound()} of a connection before
 * there was a socket on it. There may be something although nobody has asked for it: what
 * a peer sends that closes the connection at once, or that speaks first and over TLS.
 */
final class Leftovers implements CoreSubscriber<Object> {

	private final ReceiveQueue receives;

	Leftovers(ReceiveQueue receives) {
		this.receives = receives;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Object message) {
		if (message instanceof ByteBuf bytes) {
			this.receives.arrive(bytes.retain());
		}
	}

	@Override
	public void onError(Throwable failure) {
		// The handler sees how the connection ends.
	}

	@Override
	public void onComplete() {
		// The same.
	}

}
