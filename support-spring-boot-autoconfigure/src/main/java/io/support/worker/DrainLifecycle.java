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

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.context.SmartLifecycle;

import io.support.event.Operation;
import io.support.event.Operations;

/**
 * Drains the server when the application is closed, after readiness has gone down and
 * before anything else is stopped: the management server goes on answering meanwhile.
 */
public final class DrainLifecycle implements SmartLifecycle {

	/**
	 * Before the management server, which Spring Boot stops 512 phases before the
	 * graceful shutdown of the web server at {@code DEFAULT_PHASE - 1024}.
	 */
	static final int PHASE = DEFAULT_PHASE - 256;

	private final Drain drain;

	private final Timer timer;

	private final Operations operations;

	private volatile boolean running;

	/**
	 * Creates the lifecycle of a drain.
	 * @param drain the drain
	 * @param registry where the time that it takes is recorded
	 * @param operations what is told of it, as {@code support.drain}
	 */
	public DrainLifecycle(Drain drain, MeterRegistry registry, Operations operations) {
		this.operations = operations;
		this.drain = drain;
		this.timer = WorkerMeters.DRAIN.timer().register(registry);
	}

	@Override
	public void start() {
		this.drain.started();
		this.running = true;
	}

	@Override
	public void stop() {
		Operation operation = this.operations.begin("support.drain", KeyValues.empty());
		this.timer.record(this.drain::run);
		operation.with("closed", Integer.toString(this.drain.idleClosed())).succeed();
		this.running = false;
	}

	@Override
	public void stop(Runnable callback) {
		Thread thread = new Thread(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "support-drain");
		thread.setDaemon(true);
		thread.start();
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
