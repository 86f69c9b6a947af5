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

import java.time.Duration;

/**
 * What bounds a process and its end. Checked by whoever reads it from the user's
 * configuration.
 *
 * @param drainTimeout how long a drain may take, positive
 * @param idleGrace how long idle connections are still served while draining, zero or
 * positive
 * @param memoryLimitBytes the resident size above which the process is too large,
 * positive
 * @param onMemoryLimit what to do then
 */
public record WorkerSettings(Duration drainTimeout, Duration idleGrace, long memoryLimitBytes,
		MemoryLimitAction onMemoryLimit) {

}
