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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.internal.ThreadExecutorMap;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * A thread that waits.
 *
 * @param <T> what it waits for
 */
final class BlockingCall<T> extends Call<T> {

	private final CountDownLatch done = new CountDownLatch(1);

	private @Nullable T result;

	private @Nullable Throwable failure;

	private BlockingCall() {
	}

	/**
	 * Says whether the current thread may wait for an event loop.
	 * @param loop the event loop
	 * @return whether it is neither that nor another one, nor one that Reactor calls
	 * non-blocking
	 */
	static boolean isPossible(EventLoop loop) {
		return !Schedulers.isInNonBlockingThread() && !loop.inEventLoop()
				&& !(ThreadExecutorMap.currentExecutor() instanceof EventLoop);
	}

	/**
	 * Waits for an operation.
	 * @param <T> the type of its result
	 * @param operation the operation
	 * @param timeoutNanos how long
	 * @return its result
	 * @throws IOException if it failed, took too long or was interrupted, which is left
	 * to be seen
	 */
	static <T> @Nullable T run(Operation<T> operation, long timeoutNanos) throws IOException {
		BlockingCall<T> call = new BlockingCall<>();
		Turn turn = operation.begin(call);
		if (turn != null) {
			call.await(turn, timeoutNanos);
		}
		return call.join();
	}

	private void await(Turn turn, long timeoutNanos) throws IOException {
		try {
			if (!this.done.await(timeoutNanos, TimeUnit.NANOSECONDS) && decide()) {
				throw turn.timedOut(timeoutNanos);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			if (decide()) {
				throw turn.interrupted();
			}
		}
	}

	/*
	 * It is decided, and there at once.
	 */
	private @Nullable T join() throws IOException {
		boolean interrupted = Thread.interrupted();
		while (this.done.getCount() > 0) {
			try {
				this.done.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		if (this.failure != null) {
			throw raised(this.failure);
		}
		return this.result;
	}

	/*
	 * The stack of the caller says more than that of the event loop.
	 */
	private static IOException raised(Throwable failure) {
		failure.fillInStackTrace();
		if (failure instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		if (failure instanceof Error error) {
			throw error;
		}
		return (failure instanceof IOException checked) ? checked : new IOException(failure);
	}

	@Override
	boolean isServedOnLoop() {
		return false;
	}

	@Override
	void succeed(@Nullable T result) {
		this.result = result;
		this.done.countDown();
	}

	@Override
	void fail(Throwable failure) {
		this.failure = failure;
		this.done.countDown();
	}

}
