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

import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.StreamingHttpOutputMessage.Body;
import org.springframework.util.FastByteArrayOutputStream;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;

import io.support.connection.BodyState;

/**
 * The body of one request, over all its attempts. A short one that can be written again
 * is a value, which is sent as a whole; any other is written by the thread that waits for
 * the response.
 */
abstract class RequestBody implements BodyState {

	/*
	 * What is longer is not collected.
	 */
	private static final int MAX_VALUE = 64 * 1024;

	/**
	 * Makes a body of a value.
	 * @param value the value, which does not change any more
	 * @return the body
	 */
	static RequestBody of(byte[] value) {
		return new Value(value);
	}

	/**
	 * Makes a body of what can write it.
	 * @param body writes it
	 * @param exchange whose thread it is written by
	 * @return the body
	 * @throws IOException if it cannot be written
	 */
	static RequestBody of(Body body, BlockingExchange exchange) throws IOException {
		byte[] value = body.repeatable() ? value(body) : null;
		return (value != null) ? new Value(value) : new WrittenBody(body, exchange);
	}

	private static byte @Nullable [] value(Body body) throws IOException {
		ShortOutput output = new ShortOutput();
		try {
			body.writeTo(output);
		}
		catch (IOException | RuntimeException ex) {
			// Whoever writes may have made something else of what told it to stop.
			if (!output.full) {
				throw ex;
			}
		}
		return output.full ? null : output.bytes.toByteArrayUnsafe();
	}

	/**
	 * Sends the body once.
	 * @param outbound takes it
	 * @return completes when it has been sent
	 */
	abstract Publisher<Void> send(NettyOutbound outbound);

	/**
	 * Says why it could not be written.
	 * @return the failure, or {@code null} if it has not failed
	 */
	abstract @Nullable Exception failure();

	@Override
	public final boolean hasFailed() {
		return failure() != null;
	}

	private static final class Value extends RequestBody {

		private final byte[] value;

		Value(byte[] value) {
			this.value = value;
		}

		@Override
		Publisher<Void> send(NettyOutbound outbound) {
			return outbound.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(this.value)));
		}

		@Override
		@Nullable Exception failure() {
			return null;
		}

		@Override
		public boolean isRepeatable() {
			return true;
		}

	}

	/**
	 * Takes what is short, and stops whoever writes more.
	 */
	private static final class ShortOutput extends OutputStream {

		private final FastByteArrayOutputStream bytes = new FastByteArrayOutputStream();

		private boolean full;

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] source, int offset, int length) throws IOException {
			if (this.full || this.bytes.size() + length > MAX_VALUE) {
				this.full = true;
				throw new IOException("Too long to be collected");
			}
			this.bytes.write(source, offset, length);
		}

	}

}
