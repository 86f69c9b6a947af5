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

import java.util.Set;

/**
 * Is told what DNS is asked for. Called on any thread, often on an event loop.
 */
public interface DnsListener {

	/**
	 * Somebody wants to know a name.
	 * @param name the name
	 * @param group who that is
	 */
	void watched(String name, String group);

	/**
	 * Somebody wants to know no more of a name.
	 * @param name the name
	 * @param group who that is
	 */
	void forgotten(String name, String group);

	/**
	 * A name is asked for.
	 * @param name the name
	 * @param groups who wants to know
	 * @return what is to be told how that ends, once
	 */
	Resolution begin(String name, Set<String> groups);

	/**
	 * Is told how a resolution ended.
	 */
	interface Resolution {

		/**
		 * DNS has given records.
		 */
		void succeeded();

		/**
		 * DNS has given none.
		 * @param reason why
		 * @param error what happened
		 */
		void failed(DnsFailure reason, Throwable error);

	}

}
