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

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientRequest;

/**
 * The way of one request through the addresses of its group: from one to the next until
 * one of them answers, the request must not be sent again, or no address is left. At most
 * one attempt is on its way at any time.
 */
final class Walk {

	private static final Set<HttpMethod> IDEMPOTENT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS,
			HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.TRACE);

	private final ManagedGroup group;

	private final Mono<Connection> exchange;

	private final @Nullable BodyState body;

	private final Map<Address, Throwable> causes = new LinkedHashMap<>();

	private GroupAddresses addresses;

	private Iterator<ManagedAddress> tier = List.<ManagedAddress>of().iterator();

	private int nextTier;

	private @Nullable ManagedAddress again;

	private boolean leftBehind;

	private int attemptsLeft;

	private int attempts;

	private int untried;

	Walk(ManagedGroup group, Mono<Connection> exchange, @Nullable BodyState body) {
		this.group = group;
		this.addresses = group.addresses();
		this.exchange = exchange;
		this.body = body;
	}

	Mono<Connection> next() {
		Attempt attempt = begin();
		if (attempt == null) {
			return Mono.error(exhausted());
		}
		return this.exchange.contextWrite((context) -> context.put(Attempt.class, attempt))
			.doOnNext((connection) -> this.group.succeeded(attempt))
			.doOnCancel(() -> this.group.abandoned(attempt))
			.onErrorResume((error) -> failed(attempt, error));
	}

	private @Nullable Attempt begin() {
		Attempt repeated = beginAgain();
		if (repeated != null) {
			return repeated;
		}
		while (hasMore()) {
			if (!this.tier.hasNext()) {
				this.tier = this.addresses.draw(this.nextTier++, this.group.random()).iterator();
				this.attemptsLeft = 1 + this.group.settings().maxConnectRetries();
			}
			ManagedAddress address = this.tier.next();
			if (this.causes.containsKey(address.address())) {
				continue;
			}
			if (this.attemptsLeft == 0) {
				this.untried++;
				continue;
			}
			Attempt attempt = address.begin();
			if (attempt != null) {
				this.attemptsLeft--;
				this.attempts++;
				return attempt;
			}
			if (!address.isLeaving()) {
				this.causes.put(address.address(), address.markedDown());
			}
		}
		return null;
	}

	private @Nullable Attempt beginAgain() {
		ManagedAddress address = this.again;
		this.again = null;
		Attempt attempt = (address != null) ? address.begin() : null;
		if (attempt != null) {
			this.attempts++;
		}
		return attempt;
	}

	/*
	 * Where the addresses of the group have changed meanwhile, the new ones are left.
	 */
	private boolean hasMore() {
		if (!this.tier.hasNext() && this.nextTier == this.addresses.tiers()) {
			GroupAddresses now = this.group.addresses();
			if (!now.equals(this.addresses)) {
				this.addresses = now;
				this.nextTier = 0;
			}
		}
		return this.tier.hasNext() || this.nextTier < this.addresses.tiers();
	}

	private Mono<Connection> failed(Attempt attempt, Throwable error) {
		boolean fault = !attempt.isRedirected() && !attempt.isMisused()
				&& (this.body == null || !this.body.hasFailed());
		FailureReason reason = (attempt.streamEnd() != null) ? FailureReason.REFUSED
				: FailureReason.of(error, attempt.request() != null);
		this.group.failed(attempt, reason, error, fault);
		if (!fault || !mayGoOn(attempt, reason, error)) {
			return Mono.error(error);
		}
		this.causes.put(attempt.address().address(), error);
		// A connection comes to its end without its address being at fault.
		if (attempt.streamEnd() == StreamEnd.LEFT_BEHIND && !this.leftBehind) {
			this.leftBehind = true;
			this.again = attempt.address();
		}
		return next();
	}

	/*
	 * What nobody has seen may be sent to somebody else. What may have been seen, only if
	 * seeing it twice does no harm; and not after a long silence, which would make a slow
	 * service slower.
	 */
	private boolean mayGoOn(Attempt attempt, FailureReason reason, Throwable error) {
		HttpClientRequest request = attempt.request();
		if (request == null) {
			return isRepeatable(null);
		}
		if (reason == FailureReason.REFUSED) {
			return isRepeatable(request);
		}
		if (reason != FailureReason.CLOSED) {
			return false;
		}
		return (!attempt.mayHaveSent(error) || IDEMPOTENT.contains(request.method())) && isRepeatable(request);
	}

	private boolean isRepeatable(@Nullable HttpClientRequest request) {
		if (this.body != null) {
			return this.body.isRepeatable();
		}
		if (request == null) {
			return true;
		}
		HttpHeaders headers = request.requestHeaders();
		return !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
				&& headers.getInt(HttpHeaderNames.CONTENT_LENGTH, 0) == 0;
	}

	private Throwable exhausted() {
		String name = this.group.settings().group().name();
		if (this.attempts == 0 && this.causes.isEmpty()) {
			return MultiConnectException.ofNone(name, null);
		}
		return (this.attempts == 0) ? MarkedDownException.ofAll(name)
				: new MultiConnectException(name, this.causes, this.untried);
	}

}
