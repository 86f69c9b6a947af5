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
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import reactor.core.publisher.Mono;

/**
 * The endpoint of the code that runs on a reactive server, which keeps away from the
 * bounded elastic scheduler as {@link ReactiveMetaEndpoint} does.
 */
@WebEndpoint(id = SourceEndpoint.ID, defaultAccess = Access.NONE)
public final class ReactiveSourceEndpoint {

	private final SourcePages pages;

	/**
	 * Creates the endpoint.
	 * @param pages what answers
	 */
	public ReactiveSourceEndpoint(SourcePages pages) {
		this.pages = pages;
	}

	/**
	 * Returns modules and jars, the classes with a name, or one class.
	 * @param representation what the client accepts
	 * @param format {@code json} for JSON in any case
	 * @param filter words that must be in a row
	 * @param limit how many rows of each list there may be
	 * @param since the time after which a row must have happened
	 * @param search a part of the name of classes that are looked for
	 * @param type the name of the class that is to be shown
	 * @param line the line in its source
	 * @return the page
	 */
	@ReadOperation(producesFrom = Representation.class)
	public Mono<WebEndpointResponse<Object>> source(@Nullable Representation representation, @Nullable String format,
			@Nullable String filter, @Nullable String limit, @Nullable String since, @Nullable String search,
			@Nullable String type, @Nullable Integer line) {
		return this.pages.page(search, type, line, new PageRequest(representation, format, filter, limit, since));
	}

	/**
	 * Returns an asset.
	 * @param folder where assets are
	 * @param name the name of the file
	 * @return the file
	 */
	@ReadOperation(produces = "*/*")
	public Mono<WebEndpointResponse<Object>> asset(@Selector String folder, @Selector String name) {
		return Mono.fromSupplier(() -> this.pages.asset(folder, name));
	}

}
