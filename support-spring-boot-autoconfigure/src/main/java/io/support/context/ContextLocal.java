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

package io.support.context;

import java.util.Optional;
import java.util.function.Function;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A value that belongs to what is being done rather than to a thread, such as the tenant
 * of a request. It follows a call to the threads of a dispatcher, and wherever Micrometer
 * carries its registered values: Reactor with
 * {@code spring.reactor.context-propagation=auto}, executors and virtual threads with
 * Spring's {@code ContextPropagatingTaskDecorator}.
 * <p>
 * Made once for each kind of value, as a bean as a rule: then it ends with the
 * application. Thread-safe. Needs {@code io.micrometer:context-propagation}.
 *
 * @param <T> the type of the value
 */
public final class ContextLocal<T> implements AutoCloseable {

	private static final String PREFIX = "support.";

	private final String key;

	private final ContextRegistry registry;

	@SuppressWarnings("ThreadLocalUsage") // there are as many as kinds of values
	private final ThreadLocal<@Nullable T> value = new ThreadLocal<>();

	private ContextLocal(String name, ContextRegistry registry) {
		this.key = PREFIX + name;
		this.registry = registry;
	}

	/**
	 * Registers a kind of value with the registry that everything in the process uses.
	 * @param name its name, such as {@code tenant}
	 * @param <T> the type of the value
	 * @return the value, not set yet
	 * @throws IllegalStateException if there is one of that name
	 */
	public static <T> ContextLocal<T> register(String name) {
		return register(name, ContextRegistry.getInstance());
	}

	/**
	 * Registers a kind of value.
	 * @param name its name
	 * @param registry where it is registered
	 * @param <T> the type of the value
	 * @return the value, not set yet
	 * @throws IllegalStateException if there is one of that name
	 */
	public static <T> ContextLocal<T> register(String name, ContextRegistry registry) {
		ContextLocal<T> local = new ContextLocal<>(name, registry);
		synchronized (registry) {
			if (registry.getThreadLocalAccessors().stream().anyMatch((one) -> one.key().equals(local.key))) {
				throw new IllegalStateException("Two values are named '" + name
						+ "'; give one of them another name, or close the first one before");
			}
			registry.registerThreadLocalAccessor(local.new Accessor());
		}
		return local;
	}

	/**
	 * Returns the value here.
	 * @return the value; {@code null} if none is set
	 */
	public @Nullable T get() {
		return this.value.get();
	}

	/**
	 * Sets the value for what this thread does until the scope is closed.
	 * @param value the value
	 * @return the scope; closing it brings back what was set before
	 */
	public Scope open(T value) {
		T before = this.value.get();
		this.value.set(value);
		return () -> restore(before);
	}

	private void restore(@Nullable T before) {
		if (before != null) {
			this.value.set(before);
		}
		else {
			this.value.remove();
		}
	}

	/**
	 * Sets the value for a chain of Reactor, as an argument of {@code contextWrite}.
	 * @param value the value
	 * @return what writes it
	 */
	public Function<Context, Context> write(T value) {
		return (context) -> context.put(this.key, value);
	}

	/**
	 * Reads the value of a chain of Reactor.
	 * @param context the chain's context
	 * @return the value, or empty if none is set
	 */
	public Optional<T> read(ContextView context) {
		return context.getOrEmpty(this.key);
	}

	/**
	 * Takes the value out of the registry: from now on it stays where it is set.
	 */
	@Override
	public void close() {
		this.registry.removeThreadLocalAccessor(this.key);
	}

	/**
	 * For how long a value is set.
	 */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

	/**
	 * Carries the value from thread to thread.
	 */
	private final class Accessor implements ThreadLocalAccessor<T> {

		@Override
		public Object key() {
			return ContextLocal.this.key;
		}

		@Override
		public @Nullable T getValue() {
			return ContextLocal.this.value.get();
		}

		@Override
		public void setValue(T value) {
			ContextLocal.this.value.set(value);
		}

		@Override
		public void setValue() {
			ContextLocal.this.value.remove();
		}

	}

}
