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

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/**
 * How much of the heap was in use after the last garbage collection. The JVM takes its
 * time to tell, so it is only asked when there has been another one.
 */
final class CollectedHeap {

	private final List<GarbageCollectorMXBean> collectors;

	private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans()
		.stream()
		.filter((pool) -> pool.getType() == MemoryType.HEAP && pool.isCollectionUsageThresholdSupported())
		.toList();

	private long collections = -1;

	private long bytes;

	CollectedHeap(List<GarbageCollectorMXBean> collectors) {
		this.collectors = collectors;
	}

	synchronized long bytes() {
		long collections = 0;
		for (GarbageCollectorMXBean collector : this.collectors) {
			collections += collector.getCollectionCount();
		}
		if (collections != this.collections) {
			this.collections = collections;
			this.bytes = read();
		}
		return this.bytes;
	}

	private long read() {
		long bytes = 0;
		for (MemoryPoolMXBean pool : this.pools) {
			MemoryUsage usage = pool.getCollectionUsage();
			bytes += (usage != null) ? usage.getUsed() : 0;
		}
		return bytes;
	}

}
