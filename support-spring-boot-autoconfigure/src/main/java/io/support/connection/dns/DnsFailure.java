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

import java.util.Locale;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import org.jspecify.annotations.Nullable;

/**
 * Why a name has not been resolved.
 */
public enum DnsFailure {

	/** DNS says that there is no such name, or no record of the kind asked for. */
	NOT_FOUND,

	/** A server says that it cannot answer. */
	SERVER,

	/** No server answered in time. */
	TIMEOUT,

	/** Anything else, such as a network that cannot be reached. */
	OTHER;

	static DnsFailure of(Throwable error) {
		DnsErrorCauseException refusal = refusal(error);
		if (refusal != null) {
			return DnsResponseCode.NXDOMAIN.equals(refusal.getCode()) ? NOT_FOUND : SERVER;
		}
		if (isTimeout(error)) {
			return TIMEOUT;
		}
		// Netty gives no cause where a server answered, but not what was asked for.
		return (error.getCause() == null) ? NOT_FOUND : OTHER;
	}

	private static @Nullable DnsErrorCauseException refusal(Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof DnsErrorCauseException refusal) {
				return refusal;
			}
		}
		return null;
	}

	private static boolean isTimeout(Throwable error) {
		return DnsNameResolver.isTimeoutError(error)
				|| (error.getCause() != null && DnsNameResolver.isTimeoutError(error.getCause()));
	}

	/**
	 * Returns how meters name it.
	 * @return lower case, with dashes
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
