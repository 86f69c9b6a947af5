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

import io.netty.channel.EventLoopGroup;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One attempt of a {@link Race}: subscribes to the exchange, and tells the race how far
 * it has come.
 */
final class RaceRunner extends BaseSubscriber<Connection> implements Attempt.Progress {

	private final Race race;

	private final Attempt attempt;

	private final Mono<Connection> exchange;

	private final Context context;

	/** Known where the connection is. */
	private boolean opened;

	/** Guarded by the race. */
	private boolean sending;

	/**
	 * Creates a runner that has not started.
	 * @param race is told how far it has come
	 * @param attempt the attempt
	 * @param exchange sends the request and gives the response
	 * @param caller the context of whoever wants it
	 */
	RaceRunner(Race race, Attempt attempt, Mono<Connection> exchange, ContextView caller) {
		this.race = race;
		this.attempt = attempt;
		this.exchange = exchange;
		this.context = Context.of(caller).put(Attempt.class, attempt);
	}

	void run() {
		this.attempt.tell(this);
		this.exchange.subscribe(this);
	}

	Attempt attempt() {
		return this.attempt;
	}

	boolean isSending() {
		return this.sending;
	}

	void sending() {
		this.sending = true;
	}

	/**
	 * Says, once, that there is a connection that had to be opened.
	 * @return whether that is so and has not been said
	 */
	boolean hasJustConnected() {
		boolean connected = !this.attempt.isReused() && !this.opened;
		this.opened |= connected;
		return connected;
	}

	void stop() {
		this.attempt.cancel(this::cancel);
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void asked(EventLoopGroup eventLoops) {
		this.race.asked(this, eventLoops);
	}

	@Override
	public boolean mayBeSent() {
		return this.race.mayBeSent(this);
	}

	@Override
	protected void hookOnNext(Connection connection) {
		this.race.answered(this, connection);
	}

	@Override
	protected void hookOnError(Throwable error) {
		try {
			this.race.failed(this, error);
		}
		catch (RuntimeException ex) {
			// Whoever listens to circuit breakers may throw: nobody must wait for
			// ever.
			ex.addSuppressed(error);
			this.race.fail(ex);
		}
	}

}
