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

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;

import javax.net.ssl.SSLException;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.timeout.TimeoutException;

/**
 * Why an attempt at an address failed, and whether that speaks against the address.
 */
enum FailureReason {

	/** The host name could not be resolved. */
	DNS,

	/** The connection was refused, or there is no route. */
	CONNECT,

	/** The connection was not there in time. */
	CONNECT_TIMEOUT,

	/** The TLS handshake failed. */
	TLS,

	/** The connection was reset or closed before the response. */
	CLOSED,

	/** The peer was silent for too long. */
	RESPONSE_TIMEOUT,

	/**
	 * The peer has not looked at the request, and said so (HTTP/2): says nothing about
	 * the address.
	 */
	REFUSED,

	/** The group has no connection left: says nothing about the address. */
	LIMIT,

	/**
	 * Anything else, such as an address that a filter excludes: says nothing about it.
	 */
	OTHER;

	static FailureReason of(Throwable error, boolean connected) {
		if (error instanceof OutOfSocketsException) {
			return LIMIT;
		}
		if (error instanceof UnknownHostException) {
			return DNS;
		}
		if (error instanceof SSLException || error.getCause() instanceof SSLException) {
			return TLS;
		}
		if (error instanceof ConnectTimeoutException) {
			return CONNECT_TIMEOUT;
		}
		if (error instanceof TimeoutException) {
			return RESPONSE_TIMEOUT;
		}
		if (error instanceof Http2Exception) {
			return CLOSED;
		}
		if (error instanceof IOException) {
			return connected ? CLOSED : CONNECT;
		}
		return OTHER;
	}

	boolean isFaultOfAddress() {
		return this != LIMIT && this != REFUSED && this != OTHER;
	}

	String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
