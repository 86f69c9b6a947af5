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

package io.support.autoconfigure.acceptor;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/**
 * Tells at the start if the process may not open as many files as it may serve
 * connections: it would stop accepting long before the acceptor's own bounds hold.
 */
final class DescriptorCheck implements InitializingBean {

	private static final Logger logger = LoggerFactory.getLogger(DescriptorCheck.class);

	/*
	 * Jars, logs, event loops, connections to others.
	 */
	private static final int OTHERS = 200;

	private final int connections;

	private final long limit;

	/**
	 * Creates a check.
	 * @param connections how many may be open
	 * @param limit how many files may be
	 */
	DescriptorCheck(int connections, long limit) {
		this.connections = connections;
		this.limit = limit;
	}

	static long limitOfThisProcess() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
				? system.getMaxFileDescriptorCount() : Long.MAX_VALUE;
	}

	@Override
	public void afterPropertiesSet() {
		if (this.limit > 0 && this.limit < this.connections + OTHERS) {
			logger.warn(
					"{} connections may be served or wait, but this process may open {} files only: raise the "
							+ "limit (ulimit -n, LimitNOFILE) to {} or more, or lower support.acceptor.max-connections",
					this.connections, this.limit, this.connections + OTHERS);
		}
	}

}
