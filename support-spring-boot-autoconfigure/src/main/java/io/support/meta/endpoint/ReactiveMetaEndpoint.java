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

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import reactor.core.publisher.Mono;

/**
 * The endpoint on a reactive server. A {@link Mono} keeps it away from the bounded
 * elastic scheduler, which Actuator would use, and which the application may have filled.
 */
@WebEndpoint(id = MetaEndpoint.ID, defaultAccess = Access.READ_ONLY)
public final class ReactiveMetaEndpoint {

	private final PageResponder responder;

	/**
	 * Creates the endpoint.
	 * @param responder what answers
	 */
	public ReactiveMetaEndpoint(PageResponder responder) {
		this.responder = responder;
	}

	/**
	 * Returns the index.
	 * @param representation what the client accepts
	 * @param format {@code json} for JSON in any case
	 * @param filter words that must be in a row
	 * @param limit how many rows of each list there may be
	 * @param since the time after which a row must have happened
	 * @return the index
	 */
	@ReadOperation(producesFrom = Representation.class)
	public Mono<WebEndpointResponse<Object>> index(@Nullable Representation representation, @Nullable String format,
			@Nullable String filter, @Nullable String limit, @Nullable String since) {
		return this.responder.respond(List.of(), new PageRequest(representation, format, filter, limit, since));
	}

	/**
	 * Returns a page or an asset.
	 * @param representation what the client accepts
	 * @param format {@code json} for JSON in any case
	 * @param filter words that must be in a row
	 * @param limit how many rows of each list there may be
	 * @param since the time after which a row must have happened
	 * @param path the path below the index
	 * @return the page
	 */
	@ReadOperation(producesFrom = Representation.class)
	public Mono<WebEndpointResponse<Object>> page(@Nullable Representation representation, @Nullable String format,
			@Nullable String filter, @Nullable String limit, @Nullable String since,
			@Selector(match = Match.ALL_REMAINING) String... path) {
		return this.responder.respond(List.of(path), new PageRequest(representation, format, filter, limit, since));
	}

	/**
	 * Does something with all pages.
	 * @param security who asks for it
	 * @param action what is to be done, {@code reset}
	 * @return what became of it
	 */
	@WriteOperation(produces = "application/json")
	public Mono<WebEndpointResponse<Object>> changeAll(SecurityContext security, @Nullable String action) {
		return this.responder.change(List.of(), action, security.getPrincipal());
	}

	/**
	 * Does something with a page.
	 * @param security who asks for it
	 * @param action what is to be done, {@code reset}
	 * @param path the path below the index
	 * @return what became of it
	 */
	@WriteOperation(produces = "application/json")
	public Mono<WebEndpointResponse<Object>> change(SecurityContext security, @Nullable String action,
			@Selector(match = Match.ALL_REMAINING) String... path) {
		return this.responder.change(List.of(path), action, security.getPrincipal());
	}

}
