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

package io.support.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.netty.channel.Channel;

/**
 * How long an address is there: as long as its group has it, and after that until what
 * had begun is finished and its last connection is closed. Attempts and connections come
 * and go without a lock; leaving and staying take one.
 */
final class AddressLife {

	private final Supplier<AddressPool> pool;

	private final UseCount attempts = new UseCount();

	private final AtomicInteger connections = new AtomicInteger();

	private State state = State.IN;

	private Runnable gone = () -> {
	};

	/**
	 * Creates a life that has begun.
	 * @param pool gives the pool of the address. Its idle connections are closed when no
	 * attempt is on its way any more, and the others when they are free
	 */
	AddressLife(Supplier<AddressPool> pool) {
		this.pool = pool;
	}

	/**
	 * Begins an attempt, which must {@link #end() end}.
	 * @return whether the group still has the address; if not, nothing has begun
	 */
	boolean begin() {
		return this.attempts.begin();
	}

	void end() {
		if (this.attempts.end()) {
			drained();
		}
	}

	/**
	 * Follows a connection until it is closed.
	 * @param channel the connection
	 */
	void follow(Channel channel) {
		this.connections.incrementAndGet();
		channel.closeFuture().addListener((closed) -> {
			if (this.connections.decrementAndGet() == 0) {
				finish();
			}
		});
	}

	synchronized boolean isLeaving() {
		return this.state != State.IN;
	}

	/**
	 * Says that the group has the address no more.
	 * @param gone is run when nothing of it is left
	 */
	void leave(Runnable gone) {
		synchronized (this) {
			this.state = State.LEAVING;
			this.gone = gone;
		}
		if (this.attempts.close()) {
			drained();
		}
	}

	/**
	 * Says that the group has it again.
	 * @param renewal is run if its connections have been closed meanwhile
	 * @return whether that was in time; if not, it is gone
	 */
	synchronized boolean stay(Runnable renewal) {
		if (this.state == State.GONE) {
			return false;
		}
		if (this.state == State.DRAINED) {
			renewal.run();
		}
		this.state = State.IN;
		this.attempts.reopen();
		return true;
	}

	/*
	 * What is run here may lead back to here and to the group, so no lock is held.
	 */
	private void drained() {
		AddressPool closing;
		boolean idle;
		synchronized (this) {
			if (this.state != State.LEAVING) {
				return;
			}
			this.state = State.DRAINED;
			closing = this.pool.get();
			// Asked before the pool is closed, which forgets its figures then.
			idle = closing.active() == 0;
		}
		closing.disposeLater().subscribe();
		if (idle || this.connections.get() == 0) {
			finish();
		}
	}

	private void finish() {
		synchronized (this) {
			if (this.state != State.DRAINED) {
				return;
			}
			this.state = State.GONE;
		}
		this.gone.run();
	}

	private enum State {

		/** The group has it. */
		IN,

		/** The group has it no more, but attempts are on their way. */
		LEAVING,

		/** There are connections left that serve a request. */
		DRAINED,

		/** Nothing is left. */
		GONE

	}

}
