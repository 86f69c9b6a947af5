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
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;

import io.micrometer.core.instrument.Timer;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;

import io.support.event.Operation;

/**
 * The TLS handshakes with one address: for whom they ask, how long they may take, and who
 * is told how they ended.
 */
final class TlsHandshakes {

	private final List<SNIServerName> serverNames;

	private final long timeoutMillis;

	private final Supplier<Operation> operations;

	private final Timer timer;

	private final LongSupplier nanoTime;

	/**
	 * Creates what is common to the handshakes.
	 * @param settings the settings of the group
	 * @param operations begins what is told how a handshake ends
	 * @param timer counts those that succeed
	 * @param nanoTime the time in nanoseconds
	 */
	TlsHandshakes(GroupSettings settings, Supplier<Operation> operations, Timer timer, LongSupplier nanoTime) {
		this.serverNames = serverNames(settings.group().name());
		this.timeoutMillis = settings.tls().handshakeTimeout().toMillis();
		this.operations = operations;
		this.timer = timer;
		this.nanoTime = nanoTime;
	}

	/*
	 * The JDK says by itself only names that have a dot. What cannot be the name of a
	 * server, an address above all, is not said.
	 */
	private static List<SNIServerName> serverNames(String name) {
		if (NetUtil.isValidIpV4Address(name)) {
			return List.of();
		}
		try {
			return List.of(new SNIHostName(name));
		}
		catch (IllegalArgumentException ex) {
			return List.of();
		}
	}

	/**
	 * Says to a handshake that is about to begin for whom it is and how long it may take.
	 * @param handler what will do it
	 */
	void prepare(SslHandler handler) {
		handler.setHandshakeTimeout(this.timeoutMillis, TimeUnit.MILLISECONDS);
		if (!this.serverNames.isEmpty()) {
			SSLParameters parameters = handler.engine().getSSLParameters();
			parameters.setServerNames(this.serverNames);
			handler.engine().setSSLParameters(parameters);
		}
	}

	/**
	 * Begins a handshake.
	 * @return the handshake, which must end
	 */
	Handshake begin() {
		return new Handshake(this.operations.get(), this.nanoTime.getAsLong());
	}

	/**
	 * One handshake.
	 */
	final class Handshake {

		private final Operation operation;

		private final long startNanos;

		private Handshake(Operation operation, long startNanos) {
			this.operation = operation;
			this.startNanos = startNanos;
		}

		void succeed() {
			TlsHandshakes.this.timer.record(TlsHandshakes.this.nanoTime.getAsLong() - this.startNanos,
					TimeUnit.NANOSECONDS);
			this.operation.succeed();
		}

		void fail(Throwable cause) {
			this.operation.fail(cause);
		}

	}

}
