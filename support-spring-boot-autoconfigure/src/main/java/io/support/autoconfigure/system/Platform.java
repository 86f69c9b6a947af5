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

package io.support.autoconfigure.system;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * What the application runs on.
 *
 * @param javaVersion the feature version of Java
 * @param maxHeapBytes how large the heap may become
 * @param memoryBytes how much memory there is, within the container's limit; 0 if that is
 * not known
 * @param maxOpenFiles how many files and sockets may be open; 0 if that is not known
 */
record Platform(int javaVersion, long maxHeapBytes, long memoryBytes, long maxOpenFiles) {

	static Platform ofThisProcess() {
		OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
		return new Platform(Runtime.version().feature(), Runtime.getRuntime().maxMemory(),
				(system instanceof com.sun.management.OperatingSystemMXBean detailed) ? detailed.getTotalMemorySize()
						: 0,
				(system instanceof UnixOperatingSystemMXBean unix) ? unix.getMaxFileDescriptorCount() : 0);
	}

}
