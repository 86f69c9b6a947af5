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

package io.support.system;

import io.support.stats.DescribedMeter;

/**
 * The meters of the process itself.
 */
enum SystemMeters implements DescribedMeter {

	COLLECTED_HEAP(Description.gauge("support.system.heap.collected", "bytes",
			"Heap in use after the last garbage collection")),

	COLLECTION_TIME(Description.counter("support.system.collection.time", "seconds",
			"Time that garbage collections have taken")),

	DIRECT_MEMORY(Description.gauge("support.system.direct.memory", "bytes", "Memory of direct buffers")),

	THREADS(Description.gauge("support.system.threads", "threads", "Platform threads")),

	MONITOR_CPU(
			Description.counter("support.system.monitor.cpu", "seconds", "Processor time of looking at the process"));

	@SuppressWarnings("ImmutableEnumChecker") // a record of values
	private final Description description;

	SystemMeters(Description description) {
		this.description = description;
	}

	@Override
	public Description description() {
		return this.description;
	}

}
