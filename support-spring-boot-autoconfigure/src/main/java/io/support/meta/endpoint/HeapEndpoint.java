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

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The endpoint of the class histogram on a servlet container. Nobody has access to it
 * unless it was granted: the JVM stands still while it counts.
 */
@WebEndpoint(id = HeapEndpoint.ID, defaultAccess = Access.NONE)
public final class HeapEndpoint {

	/**
	 * The id of the endpoint.
	 */
	public static final String ID = "supportheap";

	private final HeapPages pages;

	/**
	 * Creates the endpoint.
	 * @param pages what answers
	 */
	public HeapEndpoint(HeapPages pages) {
		this.pages = pages;
	}

	/**
	 * Returns the last histogram, or a new one if that is old.
	 * @param representation what the client accepts
	 * @param format {@code json} for JSON in any case
	 * @param filter words that must be in a row
	 * @param limit how many rows of each list there may be
	 * @param since the time after which a row must have happened
	 * @return the page
	 */
	@ReadOperation(producesFrom = Representation.class)
	public WebEndpointResponse<Object> histogram(@Nullable Representation representation, @Nullable String format,
			@Nullable String filter, @Nullable String limit, @Nullable String since) {
		return Objects.requireNonNull(
				this.pages.histogram(new PageRequest(representation, format, filter, limit, since)).block());
	}

	/**
	 * Collects all garbage and returns a histogram of the rest.
	 * @param security who asks for it
	 * @param action what is to be done, {@code collect}
	 * @return the page
	 */
	@WriteOperation(produces = "application/json")
	public WebEndpointResponse<Object> change(SecurityContext security, @Nullable String action) {
		return Objects.requireNonNull(this.pages.change(action, security.getPrincipal()).block());
	}

	/**
	 * Returns an asset.
	 * @param folder where assets are
	 * @param name the name of the file
	 * @return the file
	 */
	@ReadOperation(produces = "*/*")
	public WebEndpointResponse<Object> asset(@Selector String folder, @Selector String name) {
		return this.pages.asset(folder, name);
	}

}
