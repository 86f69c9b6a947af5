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

package io.support.dispatch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

import io.support.context.ContextContributor;
import io.support.context.TaskInFlight;
import io.support.context.TaskSource;
import io.support.context.WarningSource;
import io.support.event.Operations;

/**
 * The dispatchers of an application: {@code io} for calls that block, {@code cpu} for
 * calls that compute. The same as {@link IoBound @IoBound} and
 * {@link CpuBound @CpuBound}, without annotations:
 *
 * <pre class="code">
 * Mono&lt;byte[]&gt; signature = dispatchers.cpu().mono(() -&gt; sign(document));</pre>
 *
 * Thread-safe. Closed with the application: calls that run or wait get the shutdown
 * timeout to finish, then they are interrupted or refused.
 */
public final class Dispatchers implements AutoCloseable, TaskSource, WarningSource {

	/**
	 * The name of the dispatcher for calls that block.
	 */
	public static final String IO = "io";

	/**
	 * The name of the dispatcher for calls that compute.
	 */
	public static final String CPU = "cpu";

	private final Dispatcher io;

	private final Dispatcher cpu;

	private final Map<String, Dispatcher> byName = new LinkedHashMap<>();

	private final Duration shutdownTimeout;

	private final LongSupplier clock;

	private volatile boolean overdue;

	private Dispatchers(DispatchSettings settings, MeterRegistry registry, Operations operations, LongSupplier clock) {
		TaskContext.prepare();
		boolean callerStack = settings.callerStack();
		this.io = new Dispatcher(IO, settings.io(), callerStack, registry, operations, clock);
		this.cpu = new Dispatcher(CPU, settings.cpu(), callerStack, registry, operations, clock);
		this.byName.put(IO, this.io);
		this.byName.put(CPU, this.cpu);
		settings.named()
			.forEach((name, pool) -> this.byName.put(name,
					new Dispatcher(name, pool, callerStack, registry, operations, clock)));
		this.shutdownTimeout = settings.shutdownTimeout();
		this.clock = clock;
	}

	/**
	 * Creates dispatchers that are not measured.
	 * @param settings their size
	 * @param clock the time in nanoseconds, such as {@code System::nanoTime}
	 * @return the dispatchers; to be closed
	 */
	public static Dispatchers create(DispatchSettings settings, LongSupplier clock) {
		return create(settings, clock, new CompositeMeterRegistry());
	}

	/**
	 * Creates dispatchers.
	 * @param settings their size
	 * @param clock the time in nanoseconds, such as {@code System::nanoTime}
	 * @param registry where their meters are registered
	 * @return the dispatchers; to be closed
	 */
	public static Dispatchers create(DispatchSettings settings, LongSupplier clock, MeterRegistry registry) {
		return create(settings, clock, registry, Operations.none());
	}

	/**
	 * Creates dispatchers.
	 * @param settings their size
	 * @param clock the time in nanoseconds, such as {@code System::nanoTime}
	 * @param registry where their meters are registered
	 * @param operations what is told of every call, as {@code support.dispatch}
	 * @return the dispatchers; to be closed
	 */
	public static Dispatchers create(DispatchSettings settings, LongSupplier clock, MeterRegistry registry,
			Operations operations) {
		return new Dispatchers(settings, registry, operations, clock);
	}

	/**
	 * Returns the dispatcher for calls that block on something outside the JVM.
	 * @return the dispatcher named {@code io}
	 */
	public Dispatcher io() {
		return this.io;
	}

	/**
	 * Returns the dispatcher for calls that compute for long.
	 * @return the dispatcher named {@code cpu}
	 */
	public Dispatcher cpu() {
		return this.cpu;
	}

	/**
	 * Returns a dispatcher by name.
	 * @param name its name
	 * @return the dispatcher
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public Dispatcher get(String name) {
		Dispatcher dispatcher = this.byName.get(name);
		if (dispatcher == null) {
			throw new IllegalArgumentException("There is no dispatcher '" + name + "', only " + names());
		}
		return dispatcher;
	}

	/**
	 * Returns the names of all dispatchers.
	 * @return the names
	 */
	public Set<String> names() {
		return Set.copyOf(this.byName.keySet());
	}

	/**
	 * Returns what the {@link io.support.context.SupportContext} shows of the
	 * dispatchers.
	 * @return the contributor named {@code dispatch}
	 */
	public ContextContributor contributor() {
		return new Contributor();
	}

	@Override
	public void forEachTask(Consumer<TaskInFlight> tasks) {
		this.byName.values().forEach((dispatcher) -> dispatcher.state().forEachTask(tasks));
	}

	@Override
	public void forEachWarning(Consumer<Found> found) {
		this.byName.values().forEach((dispatcher) -> dispatcher.state().forEachWarning(found));
	}

	/**
	 * Waits until no call runs or waits, for the shutdown timeout at most. Calls are
	 * still accepted.
	 * @return whether all calls are finished
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public boolean drain() throws InterruptedException {
		long start = this.clock.getAsLong();
		while (true) {
			boolean idle = true;
			for (Dispatcher dispatcher : this.byName.values()) {
				idle &= dispatcher.awaitIdle(left(start));
			}
			if (idle || left(start) == 0) {
				this.overdue = !idle;
				return idle;
			}
		}
	}

	/**
	 * Refuses further calls, waits for those that run or wait, for the shutdown timeout
	 * at most, then interrupts and refuses what is left. After a {@link #drain()} that
	 * failed it does not wait again.
	 */
	@Override
	public void close() {
		try {
			if (!this.overdue) {
				drain();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.byName.values().forEach(Dispatcher::close);
	}

	private long left(long start) {
		return Math.max(0, this.shutdownTimeout.toNanos() - (this.clock.getAsLong() - start));
	}

	/**
	 * The state of all dispatchers, by name.
	 */
	private final class Contributor implements ContextContributor {

		@Override
		public String name() {
			return "dispatch";
		}

		@Override
		public Object snapshot() {
			Map<String, DispatcherState.Snapshot> dispatchers = new TreeMap<>();
			Dispatchers.this.byName.forEach((name, dispatcher) -> dispatchers.put(name, dispatcher.snapshot()));
			return new Snapshot(dispatchers);
		}

	}

	/**
	 * The dispatchers as they are now.
	 *
	 * @param dispatchers by name
	 */
	record Snapshot(Map<String, DispatcherState.Snapshot> dispatchers) {

	}

}
