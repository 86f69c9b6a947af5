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

package io.support.autoconfigure.connection;

import java.util.Collection;
import java.util.List;

import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;

import io.support.connection.TlsBundles;

/**
 * Spring Boot's SSL bundles, with what is in them when a connection is opened.
 */
final class BootTlsBundles implements TlsBundles {

	private final @Nullable SslBundles bundles;

	private final @Nullable SslBundle stock;

	/**
	 * Creates bundles.
	 * @param bundles the bundles of the application, if it has any
	 * @param stock the bundle of its stock client, if that has one
	 */
	BootTlsBundles(@Nullable SslBundles bundles, @Nullable SslBundle stock) {
		this.bundles = bundles;
		this.stock = stock;
	}

	Collection<String> names() {
		return (this.bundles != null) ? this.bundles.getBundleNames() : List.of();
	}

	@Override
	public SslContextBuilder begin(@Nullable String name) {
		SslBundle bundle = (name != null) ? find(name) : this.stock;
		SslContextBuilder builder = SslContextBuilder.forClient();
		if (bundle == null) {
			return builder;
		}
		SslManagerBundle managers = bundle.getManagers();
		SslOptions options = bundle.getOptions();
		return builder.keyManager(managers.getKeyManagerFactory())
			.trustManager(managers.getTrustManagerFactory())
			.ciphers(SslOptions.asSet(options.getCiphers()))
			.protocols(options.getEnabledProtocols());
	}

	private SslBundle find(String name) {
		if (this.bundles == null) {
			throw new IllegalArgumentException("There is no SSL bundle '" + name + "', nor any other");
		}
		try {
			return this.bundles.getBundle(name);
		}
		catch (NoSuchSslBundleException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	@Override
	public void whenUpdated(String name, Runnable action) {
		if (this.bundles != null) {
			this.bundles.addBundleUpdateHandler(name, (bundle) -> action.run());
		}
	}

}
