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

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/**
 * A body on its way from the thread that writes it to the connection that sends it. Who
 * writes waits while the connection has not asked for more, and is stopped when it will
 * never ask again. For one subscriber.
 */
final class BodyPipe extends OutputStream implements Publisher<ByteBuf>, Subscription {

	private static final int CHUNK_SIZE = 16 * 1024;

	private static final long CANCELLED = Long.MIN_VALUE;

	private final BlockingExchange exchange;

	private final ByteBufAllocator allocator;

	private final WrittenBody body;

	/*
	 * How many buffers have been asked for and not been sent yet, or that no more are
	 * wanted.
	 */
	private final AtomicLong demand = new AtomicLong();

	private volatile @Nullable Subscriber<? super ByteBuf> subscriber;

	/**
	 * Creates a pipe.
	 * @param exchange whose thread writes
	 * @param allocator makes the buffers
	 * @param body the body, which is told how far it has come
	 */
	BodyPipe(BlockingExchange exchange, ByteBufAllocator allocator, WrittenBody body) {
		this.exchange = exchange;
		this.allocator = allocator;
		this.body = body;
	}

	@Override
	public void subscribe(Subscriber<? super ByteBuf> subscriber) {
		this.body.begin();
		this.subscriber = subscriber;
		subscriber.onSubscribe(this);
		this.exchange.write(this);
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			this.demand.getAndUpdate((demand) -> (demand != CANCELLED) ? Operators.addCap(demand, count) : CANCELLED);
			this.exchange.wake();
		}
	}

	@Override
	public void cancel() {
		this.demand.set(CANCELLED);
		this.exchange.wake();
	}

	private boolean isCancelled() {
		return this.demand.get() == CANCELLED || this.exchange.hasFailed();
	}

	/**
	 * Writes the body. For the thread of the exchange.
	 */
	void run() {
		Subscriber<? super ByteBuf> subscriber = this.subscriber;
		if (subscriber == null || isCancelled()) {
			return;
		}
		OutputStream buffered = new BufferedOutputStream(this, CHUNK_SIZE);
		try {
			this.body.writeTo(buffered);
			buffered.flush();
		}
		catch (IOException | RuntimeException ex) {
			// Nobody minds what has become of a body that is not wanted any more.
			if (!isCancelled()) {
				this.body.fail(ex);
				subscriber.onError(ex);
			}
			return;
		}
		subscriber.onComplete();
	}

	@Override
	public void write(int value) throws IOException {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public void write(byte[] source, int offset, int length) throws IOException {
		Subscriber<? super ByteBuf> subscriber = this.subscriber;
		this.exchange.awaitThat(() -> this.demand.get() != 0 || this.exchange.hasFailed());
		if (subscriber == null || isCancelled()) {
			throw new IOException("The connection takes no more of the request's body");
		}
		ByteBuf buffer = this.allocator.buffer(length).writeBytes(source, offset, length);
		this.demand.getAndUpdate((demand) -> (demand != CANCELLED && demand != Long.MAX_VALUE) ? demand - 1 : demand);
		subscriber.onNext(buffer);
	}

}
