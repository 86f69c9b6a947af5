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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * TLS to a group.
 */
public class GroupSslProperties {

	/**
	 * Name of the SSL bundle with the keys and the trusted certificates of the group,
	 * whose raw connections use TLS if it has one.
	 */
	private @Nullable String bundle;

	/**
	 * Maximum time that a handshake may take.
	 */
	private Duration handshakeTimeout = Duration.ofSeconds(10);

	public @Nullable String getBundle() {
		return this.bundle;
	}

	public void setBundle(@Nullable String bundle) {
		this.bundle = bundle;
	}

	public Duration getHandshakeTimeout() {
		return this.handshakeTimeout;
	}

	public void setHandshakeTimeout(Duration handshakeTimeout) {
		this.handshakeTimeout = handshakeTimeout;
	}

}
