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

package io.support.worker;

/**
 * The process at one moment.
 *
 * @param pid its id
 * @param state {@code serving}, {@code draining} or {@code drained}
 * @param residentBytes the physical memory that it occupies
 * @param memoryLimitBytes how much it may occupy
 * @param onMemoryLimit what happens above it: {@code warn} or {@code exit}
 * @param openConnections how many connections its server has open; zero on a servlet
 * container, where that is not known
 * @param busyConnections on how many of them a request is in flight
 * @param idleClosedConnections how many have been closed idle while draining
 */
public record WorkerSnapshot(long pid, String state, long residentBytes, long memoryLimitBytes, String onMemoryLimit,
		int openConnections, int busyConnections, int idleClosedConnections) {

}
