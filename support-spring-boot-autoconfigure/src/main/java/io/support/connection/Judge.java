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

import java.util.function.Supplier;

import io.netty.handler.codec.http.HttpStatusClass;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * What becomes of an address when an attempt at it ends. Every attempt ends here, once.
 * <p>
 * Holds the one rule that no address can hold alone: the last address that is up is never
 * marked down, because trying it costs little and not trying it costs everything.
 */
final class Judge {

	private final Supplier<@Nullable GroupMembers> members;

	/**
	 * Creates the judge of a group.
	 * @param members gives the addresses of the group; {@code null} while it is closed
	 */
	Judge(Supplier<@Nullable GroupMembers> members) {
		this.members = members;
	}

	void succeeded(Attempt attempt, Connection connection) {
		if (!attempt.end()) {
			return;
		}
		ManagedAddress address = attempt.address();
		address.succeeded(attempt,
				!attempt.isRedirected() && connection instanceof HttpClientResponse response && isServed(response));
		address.finished();
	}

	private static boolean isServed(HttpClientResponse response) {
		HttpStatusClass status = response.status().codeClass();
		return status != HttpStatusClass.CLIENT_ERROR && status != HttpStatusClass.SERVER_ERROR;
	}

	void abandoned(Attempt attempt) {
		if (attempt.end()) {
			attempt.close();
			attempt.address().abandoned(attempt);
			attempt.address().finished();
		}
	}

	/**
	 * Ends an attempt because another one has answered.
	 * @param attempt the attempt
	 * @param winnerNanos how long the other one has taken, from its own beginning
	 */
	void overtaken(Attempt attempt, long winnerNanos) {
		if (attempt.end()) {
			attempt.close();
			attempt.address().overtaken(attempt, winnerNanos);
			attempt.address().finished();
		}
	}

	void failed(Attempt attempt, FailureReason reason, Throwable error, boolean fault) {
		if (!attempt.end()) {
			return;
		}
		ManagedAddress address = attempt.address();
		if (fault) {
			address.failed(attempt, reason, error);
		}
		// A kept-alive connection may be closed just as it is used again: that is not a
		// fault.
		boolean stale = attempt.isReused() && reason == FailureReason.CLOSED;
		GroupMembers members = this.members.get();
		if (fault && !stale && reason.isFaultOfAddress() && members != null) {
			members.blame(attempt, error);
		}
		else {
			address.release(attempt);
		}
		address.finished();
	}

}
