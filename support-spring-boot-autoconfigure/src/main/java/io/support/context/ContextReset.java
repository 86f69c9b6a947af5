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

package io.support.context;

import java.util.List;
import java.util.Map;

/**
 * What became of a reset of all contributors.
 *
 * @param reset the names of those that have begun anew, in the order in which they did
 * @param failures why others have not, by name
 */
public record ContextReset(List<String> reset, Map<String, Throwable> failures) {

	/**
	 * What became of a reset of one contributor.
	 */
	public enum Outcome {

		/**
		 * It has begun anew.
		 */
		DONE,

		/**
		 * It counts nothing that could be forgotten.
		 */
		NOTHING,

		/**
		 * There is no such contributor.
		 */
		UNKNOWN

	}

}
