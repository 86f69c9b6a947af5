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

import java.util.concurrent.Callable;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;
import org.springframework.util.ClassUtils;

/**
 * What follows a call to its thread: the caller's thread locals (observation, security,
 * MDC, locale, whatever is registered with Micrometer's context propagation) and the
 * values of its Reactor context. Nothing where context propagation is not on the class
 * path.
 */
final class TaskContext {

	private static final boolean PROPAGATION = isPresent("io.micrometer.context.ContextSnapshotFactory");

	private static final boolean MDC = isPresent("org.slf4j.MDC");

	private TaskContext() {
	}

	/**
	 * Finds out now what is registered with context propagation. It is read from files,
	 * and the first call may come from an event loop, which must not wait for them.
	 */
	static void prepare() {
		capture(() -> null);
	}

	/**
	 * Captures the current thread's values for a body.
	 * @param body what will run on another thread
	 * @param contexts further carriers of values, such as a Reactor context
	 * @param <T> the type of the result
	 * @return the body, with the values in force while it runs
	 */
	static <T extends @Nullable Object> Callable<T> capture(Callable<T> body, Object... contexts) {
		return PROPAGATION ? Propagation.capture(body, contexts) : body;
	}

	private static boolean isPresent(String name) {
		return ClassUtils.isPresent(name, TaskContext.class.getClassLoader());
	}

	/**
	 * Loaded only where context propagation is present.
	 */
	private static final class Propagation {

		private static final ContextSnapshotFactory REGISTERED = ContextSnapshotFactory.builder().build();

		/*
		 * Context propagation registers neither the MDC nor Spring's locale by itself. If
		 * the application did so, this sets the same values a second time. What an
		 * earlier body left on the thread is cleared.
		 */
		private static final ContextSnapshotFactory UNREGISTERED = ContextSnapshotFactory.builder()
			.contextRegistry(unregistered())
			.clearMissing(true)
			.build();

		private static ContextRegistry unregistered() {
			ContextRegistry registry = new ContextRegistry();
			registry.registerThreadLocalAccessor(new LocaleContextThreadLocalAccessor());
			return MDC ? registry.registerThreadLocalAccessor(new Slf4jThreadLocalAccessor()) : registry;
		}

		private static <T extends @Nullable Object> Callable<T> capture(Callable<T> body, Object... contexts) {
			Callable<T> registered = REGISTERED.captureAll(contexts).wrap(body);
			return UNREGISTERED.captureAll().wrap(registered);
		}

	}

}
