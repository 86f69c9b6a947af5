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

import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;

import io.support.acceptor.ServerConnections;
import io.support.context.ContextContributor;

/**
 * Shows the state of the process: its size, and whether it serves.
 */
public final class WorkerContributor implements ContextContributor {

	private final WorkerSettings settings;

	private final Drain drain;

	private final MemoryWatch memory;

	private final ServerConnections connections;

	/**
	 * Creates a contributor.
	 * @param settings the bounds of the process
	 * @param drain its drain
	 * @param memory its memory
	 * @param connections the server's connections
	 */
	public WorkerContributor(WorkerSettings settings, Drain drain, MemoryWatch memory, ServerConnections connections) {
		this.settings = settings;
		this.drain = drain;
		this.memory = memory;
		this.connections = connections;
	}

	/**
	 * Shows the resident size in a registry.
	 * @param registry the registry
	 */
	public void bindTo(MeterRegistry registry) {
		WorkerMeters.MEMORY.gauge(this.memory, MemoryWatch::residentBytes).register(registry);
	}

	@Override
	public String name() {
		return "workers";
	}

	@Override
	public WorkerSnapshot snapshot() {
		return new WorkerSnapshot(ProcessHandle.current().pid(), this.drain.state().name().toLowerCase(Locale.ROOT),
				this.memory.residentBytes(), this.settings.memoryLimitBytes(),
				this.settings.onMemoryLimit().name().toLowerCase(Locale.ROOT), this.connections.open(),
				this.connections.busy(), this.drain.idleClosed());
	}

}
