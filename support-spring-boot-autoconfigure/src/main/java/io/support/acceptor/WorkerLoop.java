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

package io.support.acceptor;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that takes connections from the accept queue, one a turn, so that the
 * connections that it serves already progress in between and the queue's age is the
 * loop's delay.
 * <p>
 * A loop that is armed has one task of ours in its own queue, never more, and owns no
 * connection before that task runs: a loop that is stuck takes nothing away from the
 * others.
 */
final class WorkerLoop {

	private final EventLoop loop;

	private final Source source;

	private final Runnable pull = this::pull;

	private final Runnable pullNextTurn = this::pullNextTurn;

	private final AtomicBoolean armed = new AtomicBoolean();

	/**
	 * Creates a worker that takes from the given source.
	 * @param loop the event loop
	 * @param source where the connections come from
	 */
	WorkerLoop(EventLoop loop, Source source) {
		this.loop = loop;
		this.source = source;
	}

	/**
	 * Makes the loop look at the queue on its next turn, and on each one after that until
	 * it finds the queue empty. Called from any thread.
	 * @return whether that is news to the loop
	 */
	boolean arm() {
		if (this.armed.get() || !this.armed.compareAndSet(false, true)) {
			return false;
		}
		return execute(this.pull);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // whoever made the promise listens to
													// it
	private void pull() {
		WaitingConnection connection = this.source.take();
		if (connection != null) {
			this.loop.register(connection.registration());
		}
		if (connection == null || !this.source.hasWork()) {
			this.armed.set(false);
			if (this.source.hasWork()) {
				// It came just before the line above, when arming was no news.
				arm();
			}
			return;
		}
		if (this.loop instanceof SingleThreadEventLoop turning) {
			// A task that is added while tasks run may run in the same turn; one that is
			// added at the end of the turn cannot.
			turning.executeAfterEventLoopIteration(this.pullNextTurn);
		}
		else {
			execute(this.pull);
		}
	}

	private void pullNextTurn() {
		execute(this.pull);
	}

	private boolean execute(Runnable task) {
		try {
			this.loop.execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			// The loop has been shut down: what still waits goes to the others, or is
			// refused with the acceptor's end.
			return false;
		}
	}

	/**
	 * Where worker loops take connections from. Thread-safe.
	 */
	interface Source {

		/**
		 * Takes a connection that may be served now.
		 * @return the connection, or {@code null} if there is none
		 */
		@Nullable WaitingConnection take();

		/**
		 * Returns whether {@link #take()} would probably give a connection.
		 * @return whether there is something to do
		 */
		boolean hasWork();

	}

}
