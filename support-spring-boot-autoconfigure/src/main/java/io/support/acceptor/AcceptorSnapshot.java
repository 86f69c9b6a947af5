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

package io.support.acceptor;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The acceptor's state at one moment.
 *
 * @param queueDepth how many connections wait
 * @param queueCapacity how many may wait
 * @param overloaded whether none has passed the queue quickly of late
 * @param maxQueueAgeNanos how long one may wait at this moment
 * @param connections how many connections are being served
 * @param maxConnections how many may be served at the same time
 * @param accepted how many have been accepted since the start, refused ones among them
 * @param refused how many have been refused since the start, by reason
 * @param abandoned how many had been closed by their clients before a worker loop took
 * them
 * @param idleClosed how many idle ones have been closed to make room for new ones
 * @param pauses how often accepting has failed and paused for a second
 * @param handshakeFailures how many TLS handshakes came to no good end
 * @param kernelOverflows how often the kernel's backlog was full, of any listener on this
 * host since the start; {@code null} where that cannot be read
 */
public record AcceptorSnapshot(int queueDepth, int queueCapacity, boolean overloaded, long maxQueueAgeNanos,
		int connections, int maxConnections, long accepted, Map<String, Long> refused, long abandoned, long idleClosed,
		long pauses, long handshakeFailures, @Nullable Long kernelOverflows) {

}
