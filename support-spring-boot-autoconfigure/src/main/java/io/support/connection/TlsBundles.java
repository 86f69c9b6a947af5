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

package io.support.connection;

import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys and the trusted certificates of groups come from, by the names of their
 * bundles.
 */
public interface TlsBundles {

	/**
	 * Begins the context of a client, with what is in a bundle at the moment.
	 * @param bundle the name of the bundle; {@code null} for what the application's stock
	 * client has
	 * @return the context, not built yet
	 * @throws IllegalArgumentException if there is no such bundle
	 */
	SslContextBuilder begin(@Nullable String bundle);

	/**
	 * Runs an action whenever the content of a bundle has changed.
	 * @param bundle the name of the bundle
	 * @param action what is run, on any thread
	 */
	void whenUpdated(String bundle, Runnable action);

	/**
	 * Returns bundles of which there are none: the stock client trusts what the JDK
	 * trusts.
	 * @return bundles without any
	 */
	static TlsBundles none() {
		return new TlsBundles() {

			@Override
			public SslContextBuilder begin(@Nullable String bundle) {
				if (bundle != null) {
					throw new IllegalArgumentException("There is no bundle '" + bundle + "'");
				}
				return SslContextBuilder.forClient();
			}

			@Override
			public void whenUpdated(String bundle, Runnable action) {
				// Never.
			}

		};
	}

}
