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

package io.support.autoconfigure.dispatch;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.SmartLifecycle;

import io.support.dispatch.Dispatchers;

/**
 * Drains the dispatchers when the web server has stopped and before any bean is
 * destroyed, so that running calls still find what they use.
 */
final class DispatchLifecycle implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(DispatchLifecycle.class);

	/**
	 * After the web server, which stops in the phases 1024 and 2048 below the default.
	 */
	private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

	private final Dispatchers dispatchers;

	private volatile boolean running;

	DispatchLifecycle(Dispatchers dispatchers) {
		this.dispatchers = dispatchers;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		try {
			if (!this.dispatchers.drain()) {
				logger.warn("Dispatched calls did not finish within support.dispatch.shutdown-timeout "
						+ "and will be interrupted");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
