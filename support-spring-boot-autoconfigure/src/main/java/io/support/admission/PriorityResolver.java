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

package io.support.admission;

import org.jspecify.annotations.Nullable;

import io.support.overload.Priority;

/**
 * Says how much a request matters while not all can be served. A bean of this type is
 * asked about every request, on its event loop, before anything else is done: it must
 * neither block nor take long.
 */
@FunctionalInterface
public interface PriorityResolver {

	/**
	 * Judges a request.
	 * @param request the request
	 * @return its priority; {@code null} to leave it to the other rules
	 */
	@Nullable Priority resolve(RequestHead request);

}
