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

package io.support.dispatch;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One call on its way through a dispatcher. It ends in one of three ways: it runs, it is
 * abandoned by its caller, or it is refused while it waits.
 *
 * @param <T> the type of the result
 */
final class DispatchTask<T extends @Nullable Object> extends FutureTask<T> {

	private final Consumer<? super DispatchRejectedException> refused;

	private volatile @Nullable Thread runner;

	/**
	 * Creates a task.
	 * @param body what to run
	 * @param refused told when the task will never run though nobody abandoned it
	 */
	DispatchTask(Callable<T> body, Consumer<? super DispatchRejectedException> refused) {
		super(body);
		this.refused = refused;
	}

	@Override
	public void run() {
		this.runner = Thread.currentThread();
		try {
			super.run();
		}
		finally {
			this.runner = null;
		}
	}

	boolean isRunning() {
		return this.runner != null;
	}

	/**
	 * Keeps the task from running, or interrupts it. A task that abandons itself, because
	 * a subscriber cancels from within a signal, is not interrupted.
	 */
	void abandon() {
		cancel(this.runner != Thread.currentThread());
	}

	void refuse(DispatchRejectedException rejection) {
		setException(rejection);
		this.refused.accept(rejection);
	}

}
