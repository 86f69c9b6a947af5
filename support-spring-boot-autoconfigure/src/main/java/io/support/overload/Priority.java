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

package io.support.overload;

/**
 * How much a request matters while not all of them can be served.
 */
public enum Priority {

	/**
	 * Served for as long as anything is: it may go beyond the bounds of the others.
	 */
	CRITICAL,

	/**
	 * What nothing else has been said of.
	 */
	NORMAL,

	/**
	 * Can wait for a better time, such as a report or a crawler: refused first.
	 */
	SHEDDABLE

}
