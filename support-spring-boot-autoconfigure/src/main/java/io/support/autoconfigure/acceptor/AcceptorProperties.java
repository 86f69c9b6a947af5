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

package io.support.autoconfigure.acceptor;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import reactor.netty.http.server.HttpServer;

import io.support.acceptor.AcceptorSettings;
import io.support.acceptor.Refusal;
import io.support.overload.SojournSettings;

/**
 * Properties of the {@link io.support.acceptor.Acceptor}.
 */
@ConfigurationProperties("support.acceptor")
public class AcceptorProperties {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private static final int COLD_CONNECTIONS = 100;

	/**
	 * Whether connections pass a bounded accept queue.
	 */
	private boolean enabled = true;

	/**
	 * Number of connections that may wait; further ones are refused at once.
	 */
	private int queueCapacity = 1000;

	/**
	 * Number of connections that are served at the same time; further ones wait.
	 */
	private int maxConnections = 1000;

	/**
	 * Time that a connection may wait before it is refused.
	 */
	private Duration maxQueueAge = Duration.ofMillis(100);

	/**
	 * Time that a connection may wait while the queue is overloaded, less what serving
	 * one takes.
	 */
	private Duration overloadedQueueAge = Duration.ofMillis(50);

	/**
	 * Time within which some connections pass a queue that is not overloaded; longer
	 * where serving one takes longer.
	 */
	private Duration targetQueueAge = Duration.ofMillis(50);

	/**
	 * What a client that is refused gets to see: a reset, an ordinary end of the
	 * connection, or a response with 503 and Retry-After, which is not for TLS.
	 */
	private Refusal refusal = Refusal.RESET;

	/**
	 * Time that a TLS handshake may take before the connection is closed.
	 */
	private Duration handshakeTimeout = Duration.ofSeconds(10);

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public int getQueueCapacity() {
		return this.queueCapacity;
	}

	public void setQueueCapacity(int queueCapacity) {
		this.queueCapacity = queueCapacity;
	}

	public int getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
	}

	public Duration getMaxQueueAge() {
		return this.maxQueueAge;
	}

	public void setMaxQueueAge(Duration maxQueueAge) {
		this.maxQueueAge = maxQueueAge;
	}

	public Duration getOverloadedQueueAge() {
		return this.overloadedQueueAge;
	}

	public void setOverloadedQueueAge(Duration overloadedQueueAge) {
		this.overloadedQueueAge = overloadedQueueAge;
	}

	public Duration getTargetQueueAge() {
		return this.targetQueueAge;
	}

	public void setTargetQueueAge(Duration targetQueueAge) {
		this.targetQueueAge = targetQueueAge;
	}

	public Refusal getRefusal() {
		return this.refusal;
	}

	public void setRefusal(Refusal refusal) {
		this.refusal = refusal;
	}

	public Duration getHandshakeTimeout() {
		return this.handshakeTimeout;
	}

	public void setHandshakeTimeout(Duration handshakeTimeout) {
		this.handshakeTimeout = handshakeTimeout;
	}

	/**
	 * Checks what cannot be known before there is a server.
	 * @param server the server
	 */
	void checkAgainst(HttpServer server) {
		if (this.refusal == Refusal.RESPOND && server.configuration().isSecure()) {
			throw new InvalidConfigurationPropertyValueException("support.acceptor.refusal", this.refusal,
					"The server speaks TLS, and a connection is refused before its handshake; use reset or close.");
		}
	}

	AcceptorSettings toSettings() {
		requirePositive("queue-capacity", this.queueCapacity);
		requirePositive("max-connections", this.maxConnections);
		requirePositive("max-queue-age", this.maxQueueAge);
		requirePositive("target-queue-age", this.targetQueueAge);
		requirePositive("overloaded-queue-age", this.overloadedQueueAge);
		requirePositive("handshake-timeout", this.handshakeTimeout);
		if (this.overloadedQueueAge.compareTo(this.maxQueueAge) > 0) {
			throw new InvalidConfigurationPropertyValueException("support.acceptor.overloaded-queue-age",
					this.overloadedQueueAge, "It must not be above support.acceptor.max-queue-age, which is "
							+ this.maxQueueAge.toMillis() + "ms; lower it, or raise the other.");
		}
		return new AcceptorSettings(this.queueCapacity, this.maxConnections,
				new SojournSettings(this.maxQueueAge.toNanos(), this.overloadedQueueAge.toNanos(),
						this.targetQueueAge.toNanos(), INTERVAL.toNanos(), COLD_CONNECTIONS),
				this.refusal, this.handshakeTimeout.toNanos());
	}

	private void requirePositive(String property, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidConfigurationPropertyValueException("support.acceptor." + property, value,
					"It must be positive, for example 100ms.");
		}
	}

	private void requirePositive(String property, int value) {
		if (value < 1) {
			throw new InvalidConfigurationPropertyValueException("support.acceptor." + property, value,
					"It must be at least 1; to do without the accept queue set support.acceptor.enabled=false.");
		}
	}

}
