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

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import org.jspecify.annotations.Nullable;
import reactor.netty.ConnectionObserver;

/**
 * Why a stream of HTTP/2 ended with nothing of its request having been looked at (RFC
 * 9113, 8.7): such a request can be sent again, whatever its method.
 */
enum StreamEnd implements ConnectionObserver.State {

	/** The peer has refused this stream: it may have room for another one later. */
	REFUSED,

	/** The connection came to its end before the stream: another connection serves it. */
	LEFT_BEHIND;

	/**
	 * Says what an event of a stream means.
	 * @param event the event
	 * @return the end, or {@code null} if it is none after which nothing was looked at
	 */
	static @Nullable StreamEnd of(Object event) {
		if (event instanceof Http2ResetFrame reset) {
			return (reset.errorCode() == Http2Error.REFUSED_STREAM.code()) ? REFUSED : null;
		}
		// Only those streams are told of it that the peer will not look at.
		if (event instanceof Http2GoAwayFrame) {
			return LEFT_BEHIND;
		}
		// A stream that could not begin: the connection has come to its end meanwhile.
		if (event instanceof Http2Exception error && error.error() == Http2Error.REFUSED_STREAM) {
			return LEFT_BEHIND;
		}
		return null;
	}

}
