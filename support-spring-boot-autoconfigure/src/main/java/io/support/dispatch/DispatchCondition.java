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

import org.jspecify.annotations.Nullable;

/**
 * Says of each call of an annotated method whether it is worth the way to a dispatcher. A
 * bean that is named by the {@code condition} of {@link IoBound @IoBound} or
 * {@link CpuBound @CpuBound}: what {@code when} is as an expression, in Java.
 * <p>
 * Asked on the caller's thread, which may be an event loop, so that it must neither block
 * nor compute for long. Has to be thread-safe.
 */
@FunctionalInterface
public interface DispatchCondition {

	/**
	 * Says whether a call is to be dispatched rather than run in place.
	 * @param method the annotated method
	 * @param arguments the arguments of the call; not to be changed
	 * @return whether it is; an exception fails the call
	 */
	boolean isDispatched(Method method, @Nullable Object[] arguments);

}
