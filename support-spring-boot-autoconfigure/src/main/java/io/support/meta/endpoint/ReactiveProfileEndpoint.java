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

package io.support.meta.endpoint;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import reactor.core.publisher.Mono;

/**
 * The endpoint of the profiler on a reactive server, which keeps away from the bounded
 * elastic scheduler as {@link ReactiveMetaEndpoint} does.
 */
@WebEndpoint(id = ProfileEndpoint.ID, defaultAccess = Access.READ_ONLY)
public final class ReactiveProfileEndpoint {

	private final ProfileResponder responder;

	/**
	 * Creates the endpoint.
	 * @param responder what answers
	 */
	public ReactiveProfileEndpoint(ProfileResponder responder) {
		this.responder = responder;
	}

	/**
	 * Returns the state of the profiler.
	 * @param representation what the client accepts
	 * @param format {@code json} for JSON in any case
	 * @param filter words that must be in a row
	 * @param limit how many rows of each list there may be
	 * @param since the time after which a row must have happened
	 * @return the page
	 */
	@ReadOperation(producesFrom = Representation.class)
	public Mono<WebEndpointResponse<Object>> profiler(@Nullable Representation representation, @Nullable String format,
			@Nullable String filter, @Nullable String limit, @Nullable String since) {
		return this.responder.index(new PageRequest(representation, format, filter, limit, since));
	}

	/**
	 * Returns a result.
	 * @param id what the result is called
	 * @param representation what the client accepts
	 * @param format {@code json} for JSON in any case
	 * @param filter words that must be in a row
	 * @param limit how many rows of each list there may be
	 * @param since the time after which a row must have happened
	 * @return the page
	 */
	@ReadOperation(producesFrom = Representation.class)
	public Mono<WebEndpointResponse<Object>> result(@Selector String id, @Nullable Representation representation,
			@Nullable String format, @Nullable String filter, @Nullable String limit, @Nullable String since) {
		return this.responder.result(id, new PageRequest(representation, format, filter, limit, since));
	}

	/**
	 * Returns a file of a result, or an asset.
	 * @param id what the result is called
	 * @param file which file
	 * @return the file
	 */
	@ReadOperation(produces = "*/*")
	public Mono<WebEndpointResponse<Object>> file(@Selector String id, @Selector String file) {
		return this.responder.file(id, file);
	}

	/**
	 * Starts or stops a run.
	 * @param security who asks for it
	 * @param action {@code start} or {@code stop}
	 * @param kind what to look for
	 * @param seconds how long
	 * @return what became of it
	 */
	@WriteOperation(produces = "application/json")
	public Mono<WebEndpointResponse<Object>> change(SecurityContext security, @Nullable String action,
			@Nullable String kind, @Nullable String seconds) {
		return this.responder.change(action, kind, seconds, security.getPrincipal());
	}

}
