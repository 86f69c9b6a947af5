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

import io.support.overload.SojournSettings;

/**
 * What bounds the acceptor. Checked by whoever reads it from the user's configuration.
 *
 * @param queueCapacity how many connections may wait, at least 1
 * @param maxConnections how many connections may be served at the same time, at least 1;
 * further ones wait in the queue
 * @param queueAge how long a connection may wait; then it is refused
 * @param refusal what a client that is refused gets to see
 * @param handshakeTimeoutNanos how long a TLS handshake may take, positive
 */
public record AcceptorSettings(int queueCapacity, int maxConnections, SojournSettings queueAge, Refusal refusal,
		long handshakeTimeoutNanos) {

}
