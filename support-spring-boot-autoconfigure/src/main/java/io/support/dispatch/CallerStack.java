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

/**
 * Where a dispatched call came from: the stack of the thread that asked for it. Hangs on
 * the exception of a failed call as a suppressed one, so that the log shows both sides.
 * <p>
 * An exception has at most one; where it passes several dispatchers on its way out the
 * further callers become the causes of the first, {@value #MAX_ANCESTORS} at most.
 */
final class CallerStack extends Exception {

	static final int MAX_ANCESTORS = 10;

	/** Where the call went. */
	private final String dispatcher;

	/** The thread that asked for it. */
	private final String caller = Thread.currentThread().getName();

	CallerStack(String dispatcher) {
		this.dispatcher = dispatcher;
	}

	/* Put together for the few calls that fail. */
	@Override
	public String getMessage() {
		return "Dispatched to '" + this.dispatcher + "' by " + this.caller;
	}

	/**
	 * Adds this stack to the exception of a failed call.
	 * @param failure the exception
	 * @param <E> the type of the exception
	 * @return the same exception
	 */
	<E extends Throwable> E addTo(E failure) {
		if (failure instanceof DispatchRejectedException || failure == (Throwable) this) {
			return failure;
		}
		synchronized (failure) {
			for (Throwable suppressed : failure.getSuppressed()) {
				if (suppressed instanceof CallerStack innermost) {
					innermost.append(this);
					return failure;
				}
			}
			failure.addSuppressed(this);
		}
		return failure;
	}

	private void append(CallerStack caller) {
		Throwable last = this;
		for (int ancestors = 1; ancestors < MAX_ANCESTORS; ancestors++) {
			if (last == caller) {
				return;
			}
			Throwable next = last.getCause();
			if (next == null) {
				last.initCause(caller);
				return;
			}
			last = next;
		}
	}

}
