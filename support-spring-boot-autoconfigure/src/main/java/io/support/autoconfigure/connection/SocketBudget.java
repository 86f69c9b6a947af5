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

package io.support.autoconfigure.connection;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * How many connections to others a process may have if nobody says it: most of the files
 * that it may open, so that some are left for everything else.
 */
final class SocketBudget {

	/**
	 * What is used where the limit is not known, on Windows for example.
	 */
	static final int UNKNOWN = 8192;

	private static final double SHARE = 0.8;

	private SocketBudget() {
	}

	static int ofThisProcess() {
		return of((ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
				? system.getMaxFileDescriptorCount() : 0);
	}

	/**
	 * Returns the share of a limit.
	 * @param files how many files may be open; zero or less if that is not known
	 * @return how many connections there may be, positive
	 */
	static int of(long files) {
		if (files <= 0) {
			return UNKNOWN;
		}
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, SHARE * files));
	}

}
