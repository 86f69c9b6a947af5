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

package io.support.socket;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * What a call waits for.
 *
 * @param <T> its result
 */
@FunctionalInterface
interface Operation<T> {

	/**
	 * Begins, and may be over when it returns.
	 * @param call the one that waits
	 * @return its turn, or {@code null} if it is over
	 * @throws IOException if it fails at once
	 * @throws java.util.concurrent.RejectedExecutionException if too many wait already
	 */
	@Nullable Turn begin(Call<T> call) throws IOException;

	/**
	 * Frees what it holds, because it will not begin.
	 */
	default void discard() {
	}

}
