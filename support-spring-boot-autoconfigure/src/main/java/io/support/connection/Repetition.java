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

import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.HttpOperations;
import reactor.netty.http.client.HttpClientRequest;

/**
 * Whether a request may be sent once more, by what is known of its method, of its body
 * and of how far it has come.
 */
final class Repetition {

	private static final Set<HttpMethod> IDEMPOTENT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS,
			HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.TRACE);

	private final @Nullable BodyState body;

	private boolean timedOut;

	Repetition(@Nullable BodyState body) {
		this.body = body;
	}

	/*
	 * Whether a failure is that of the address, and not of the caller's body or of a host
	 * that the address has sent the request to.
	 */
	boolean isFaultOfAddress(Attempt attempt) {
		return !attempt.isRedirected() && !attempt.isMisused() && !hasBodyFailed();
	}

	boolean hasBodyFailed() {
		return this.body != null && this.body.hasFailed();
	}

	/*
	 * Whether somebody else may be asked after a failure. After a long silence only once:
	 * when two are silent it is not the address, and a slow service would become slower.
	 */
	boolean isAllowedAfter(Attempt attempt, FailureReason reason, Throwable error) {
		boolean worthwhile = attempt.request() == null || reason == FailureReason.REFUSED
				|| reason == FailureReason.CLOSED || isFirstTimeout(reason);
		return worthwhile && isHarmlessAfter(attempt, reason, error);
	}

	/*
	 * What nobody has seen may be sent to somebody else. What may have been seen, only if
	 * seeing it twice does no harm.
	 */
	boolean isHarmlessAfter(Attempt attempt, FailureReason reason, Throwable error) {
		HttpClientRequest request = attempt.request();
		if (request == null || reason == FailureReason.REFUSED) {
			return isRepeatable(request);
		}
		return (!attempt.mayHaveSent(error) || isIdempotent(attempt)) && isRepeatable(request);
	}

	private boolean isFirstTimeout(FailureReason reason) {
		boolean first = reason == FailureReason.RESPONSE_TIMEOUT && !this.timedOut;
		this.timedOut |= first;
		return first;
	}

	private boolean isRepeatable(@Nullable HttpClientRequest request) {
		if (this.body != null) {
			return this.body.isRepeatable();
		}
		return request == null || hasNoBody(request);
	}

	private static boolean hasNoBody(HttpClientRequest request) {
		HttpHeaders headers = request.requestHeaders();
		return !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
				&& headers.getInt(HttpHeaderNames.CONTENT_LENGTH, 0) == 0;
	}

	/*
	 * Whether a request may be sent to several addresses, as far as its method is
	 * concerned.
	 */
	boolean isIdempotent(Attempt attempt) {
		HttpMethod method = attempt.method();
		return method != null && IDEMPOTENT.contains(method);
	}

	/*
	 * Whether a request that is being sent may be sent to another address meanwhile. That
	 * must be certain: a body that nobody has asked for yet may still turn out to be a
	 * stream, which only one of them could read.
	 */
	boolean isAllowedBeside(Attempt attempt) {
		if (!isIdempotent(attempt)) {
			return false;
		}
		if (this.body != null) {
			return this.body.isShareable();
		}
		HttpClientRequest request = attempt.request();
		return request != null && hasSentHeaders(request) && hasNoBody(request);
	}

	/*
	 * Whether that is so or not known yet.
	 */
	boolean mayBeAllowedBeside(Attempt attempt) {
		if (!isIdempotent(attempt)) {
			return false;
		}
		if (this.body != null) {
			return this.body.isShareable() || this.body.isRepeatable();
		}
		HttpClientRequest request = attempt.request();
		return request == null || !hasSentHeaders(request) || hasNoBody(request);
	}

	private static boolean hasSentHeaders(HttpClientRequest request) {
		return request instanceof HttpOperations<?, ?> operations && operations.hasSentHeaders();
	}

}
