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

package io.support.connection.dns;

import java.util.List;

import io.netty.util.concurrent.Future;

/**
 * Asks DNS for the records of one type that one name has. Belongs to one event loop.
 *
 * @param <T> the type of what the records say
 */
interface Lookup<T> {

	/**
	 * Asks once. Not to be called while an answer is to come.
	 * @return what the records say, at least one; or why there are none
	 */
	Future<List<T>> ask();

	/**
	 * Returns for how long the last answer is valid.
	 * @return the time in seconds
	 */
	long seconds();

	void close();

}
