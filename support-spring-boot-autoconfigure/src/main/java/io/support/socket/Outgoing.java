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

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A message that goes out for the first subscriber. For a second one there is none left.
 */
final class Outgoing implements Supplier<Operation<Void>> {

	private final ByteBuf message;

	private final Sending sending;

	private final AtomicBoolean used = new AtomicBoolean();

	Outgoing(ByteBuf message, Sending sending) {
		this.message = message;
		this.sending = sending;
	}

	@Override
	public Operation<Void> get() {
		if (this.used.compareAndSet(false, true)) {
			return new First();
		}
		return (call) -> {
			throw new IllegalStateException(
					"A buffer can be sent once, and this one was; for another subscriber take another buffer");
		};
	}

	/**
	 * Sends the message.
	 */
	@FunctionalInterface
	interface Sending {

		/**
		 * Begins.
		 * @param message the message, which is released whatever happens
		 * @param call the one that waits
		 * @return its turn, or {@code null} if it is over
		 * @throws IOException if it fails at once
		 */
		@Nullable Turn begin(ByteBuf message, Call<Void> call) throws IOException;

	}

	private final class First implements Operation<Void> {

		@Override
		public @Nullable Turn begin(Call<Void> call) throws IOException {
			return Outgoing.this.sending.begin(Outgoing.this.message, call);
		}

		@Override
		public void discard() {
			Outgoing.this.message.release();
		}

	}

}
