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

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How the caller of a dispatched method gets its result.
 */
enum ReturnKind {

	/**
	 * The caller waits.
	 */
	PLAIN,

	/**
	 * A {@code CompletionStage} or {@code CompletableFuture}.
	 */
	STAGE,

	/**
	 * A {@code Mono}.
	 */
	MONO,

	/**
	 * A {@code Flux} or {@code Publisher}.
	 */
	FLUX;

	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

	/**
	 * Returns the kind of a method.
	 * @param method the method
	 * @return its kind
	 * @throws DispatchConfigurationException if nothing of the kinds fits
	 */
	static ReturnKind of(Method method) {
		Class<?> type = method.getReturnType();
		if (isSuspending(method)) {
			throw new DispatchConfigurationException(method, "is a suspending function, which cannot be dispatched",
					"Use withContext(Dispatchers.IO) in it, or return a Mono.");
		}
		if (type == Mono.class) {
			return MONO;
		}
		if (type == Flux.class || type == Publisher.class) {
			return FLUX;
		}
		if (type != Object.class && !Future.class.equals(type) && type.isAssignableFrom(CompletableFuture.class)) {
			return STAGE;
		}
		ReactiveAdapter adapter = (type != void.class) ? adapter(type) : null;
		if (adapter != null || Future.class.isAssignableFrom(type)) {
			throw new DispatchConfigurationException(method,
					"returns a " + type.getName() + ", which cannot be dispatched",
					"Return a Mono, a Flux, a CompletableFuture or a plain value.");
		}
		return PLAIN;
	}

	private static @Nullable ReactiveAdapter adapter(Class<?> type) {
		return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
	}

	private static boolean isSuspending(Method method) {
		Class<?>[] parameters = method.getParameterTypes();
		return parameters.length > 0 && parameters[parameters.length - 1].getName().equals(CONTINUATION);
	}

}
