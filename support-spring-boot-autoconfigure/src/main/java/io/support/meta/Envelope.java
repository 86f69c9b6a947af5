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

package io.support.meta;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What every page looks like as JSON. Times are strings and the data is made of maps,
 * lists and scalars, so that no setting of a JSON mapper changes the form.
 *
 * @param schema the version of this form
 * @param page the name of the page
 * @param at when the snapshot was taken, ISO 8601 in UTC
 * @param instance which process answered
 * @param data the page's own part
 * @param next what to ask for as {@code since} to get what has happened after this;
 * {@code null} where nothing has a time
 * @param truncated whether something was left out because the page would be too large, or
 * longer than was asked for
 */
@JsonPropertyOrder({ "schema", "page", "at", "instance", "data", "next", "truncated" })
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Envelope(String schema, String page, String at, Instance instance, @Nullable Object data,
		@Nullable String next, boolean truncated) implements OperationResponseBody {

	/**
	 * The schema of this version.
	 */
	public static final String SCHEMA = "support/1";

}
