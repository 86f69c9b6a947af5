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

import java.io.InterruptedIOException;

/**
 * One that waits for a frame.
 *
 * @param <T> the form in which it wants it
 */
final class Receiver<T> implements Turn {

	private final ReceiveQueue queue;

	private final Frame frame;

	private final Form<T> form;

	private final Call<T> call;

	Receiver(ReceiveQueue queue, Frame frame, Form<T> form, Call<T> call) {
		this.queue = queue;
		this.frame = frame;
		this.form = form;
		this.call = call;
	}

	Frame frame() {
		return this.frame;
	}

	Form<T> form() {
		return this.form;
	}

	Call<T> call() {
		return this.call;
	}

	@Override
	public void giveUp() {
		this.queue.giveUp(this);
	}

	@Override
	public SocketTimeoutException timedOut(long timeoutNanos) {
		giveUp();
		return new SocketTimeoutException(
				this.queue.peer() + ": " + this.frame + " timed out after " + Peer.time(timeoutNanos) + "; "
						+ this.queue.rest() + "; call again, or allow for more time by withTimeout",
				0);
	}

	@Override
	public InterruptedIOException interrupted() {
		giveUp();
		return new InterruptedIOException(
				this.queue.peer() + ": " + this.frame + " was interrupted while it waited; " + this.queue.rest());
	}

}
