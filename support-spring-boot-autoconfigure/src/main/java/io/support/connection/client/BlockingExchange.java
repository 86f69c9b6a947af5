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
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.netty.handler.timeout.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * A request and its response, for which the thread that made this waits. Meanwhile the
 * thread does what no event loop may do: it writes the body. No other thread is needed,
 * so that no slow peer can use up a pool of them.
 */
final class BlockingExchange implements CoreSubscriber<GroupClientHttpResponse> {

	private static final Object ABANDONED = new Object();

	private final Thread thread = Thread.currentThread();

	/*
	 * One for each attempt at an address; all but one of them are not wanted any more.
	 */
	private final Queue<BodyPipe> pipes = new ConcurrentLinkedQueue<>();

	/*
	 * The response or what failed, or that nobody waits for it any more.
	 */
	private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();

	private volatile @Nullable Subscription subscription;

	/**
	 * Waits for the response. For the thread that made this.
	 * @param exchange the exchange, which has not begun
	 * @param body the body of the request, if it has one
	 * @return the response, to be closed
	 * @throws IOException if there is none
	 */
	GroupClientHttpResponse await(Mono<GroupClientHttpResponse> exchange, @Nullable RequestBody body)
			throws IOException {
		exchange.subscribe(this);
		try {
			while (true) {
				awaitThat(() -> this.outcome.get() != null || !this.pipes.isEmpty());
				BodyPipe pipe = this.pipes.poll();
				if (pipe != null) {
					pipe.run();
				}
				else if (this.outcome.get() instanceof GroupClientHttpResponse response
						&& this.outcome.compareAndSet(response, ABANDONED)) {
					return response;
				}
				else if (this.outcome.get() instanceof Throwable failure) {
					throw failure(failure, body);
				}
			}
		}
		finally {
			abandon();
		}
	}

	private static IOException failure(Throwable failure, @Nullable RequestBody body) {
		Exception ofBody = (body != null) ? body.failure() : null;
		Throwable cause = (ofBody != null) ? ofBody : Exceptions.unwrap(failure);
		if (cause instanceof IOException ex) {
			return ex;
		}
		if (cause instanceof TimeoutException) {
			return timeout(cause);
		}
		if (cause instanceof RuntimeException ex) {
			throw ex;
		}
		if (cause instanceof Error error) {
			throw error;
		}
		return new IOException(cause.getMessage(), cause);
	}

	/**
	 * Makes an exception that says that the peer was silent for too long.
	 * @param cause what Netty says
	 * @return the exception
	 */
	static IOException timeout(Throwable cause) {
		SocketTimeoutException timeout = new SocketTimeoutException(
				"The peer was silent for longer than the group's response-timeout");
		timeout.initCause(cause);
		return timeout;
	}

	/*
	 * What has not been handed over is not wanted any more.
	 */
	private void abandon() {
		Object outcome = this.outcome.getAndSet(ABANDONED);
		Subscription subscription = this.subscription;
		if (outcome instanceof GroupClientHttpResponse response) {
			response.abandon();
		}
		else if (outcome == null && subscription != null) {
			subscription.cancel();
		}
	}

	/**
	 * Waits. For the thread that made this.
	 * @param condition what is waited for; whoever makes it true must {@link #wake()
	 * tell}
	 * @throws InterruptedIOException if the thread is interrupted, which it remains
	 */
	void awaitThat(BooleanSupplier condition) throws InterruptedIOException {
		while (!condition.getAsBoolean()) {
			if (Thread.currentThread().isInterrupted()) {
				throw new InterruptedIOException("Interrupted while waiting for the response");
			}
			LockSupport.park(this);
		}
	}

	void wake() {
		LockSupport.unpark(this.thread);
	}

	/**
	 * Lets the thread that waits write a body.
	 * @param pipe takes the body
	 */
	void write(BodyPipe pipe) {
		this.pipes.add(pipe);
		wake();
	}

	/**
	 * Says whether there will be no response.
	 * @return whether the exchange has failed
	 */
	boolean hasFailed() {
		return this.outcome.get() instanceof Throwable;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(GroupClientHttpResponse response) {
		if (!this.outcome.compareAndSet(null, response)) {
			response.abandon();
		}
		wake();
	}

	@Override
	public void onError(Throwable failure) {
		this.outcome.compareAndSet(null, failure);
		wake();
	}

	@Override
	public void onComplete() {
		onError(new IOException("There was no response"));
	}

}
