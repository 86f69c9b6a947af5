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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import org.jspecify.annotations.Nullable;

/**
 * A bundle for tests, whose trusted certificates can change.
 */
@SuppressWarnings("deprecation") // what makes certificates instead is a module
final class TestTlsBundles implements TlsBundles {

	private final List<Runnable> actions = new CopyOnWriteArrayList<>();

	private volatile List<SelfSignedCertificate> trusted;

	TestTlsBundles(SelfSignedCertificate... trusted) {
		this.trusted = List.of(trusted);
	}

	/**
	 * Trusts others; nobody makes a bundle that cannot be used.
	 */
	void update(SelfSignedCertificate... trusted) {
		this.trusted = List.of(trusted);
		this.actions.forEach(Runnable::run);
	}

	@Override
	public SslContextBuilder begin(@Nullable String bundle) {
		if (this.trusted.isEmpty()) {
			throw new IllegalArgumentException("Nobody is trusted");
		}
		return SslContextBuilder.forClient()
			.trustManager(this.trusted.stream().map(SelfSignedCertificate::cert).toList());
	}

	@Override
	public void whenUpdated(String bundle, Runnable action) {
		this.actions.add(action);
	}

}
