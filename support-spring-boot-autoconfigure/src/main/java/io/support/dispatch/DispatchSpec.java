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
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What the annotation of one method asks for, read and checked once.
 *
 * @param method the method of the target class
 * @param label what the method is called in meters and messages
 * @param dispatcher the name of the dispatcher
 * @param when when to dispatch, or {@code null} for always or where there is a condition
 * @param condition the type of the bean that says when to dispatch, or {@code null}
 * @param timeout how long a call may take, or {@code null} for any time
 * @param kind how the caller gets the result
 * @param interruptible whether the method declares {@link InterruptedException}
 */
record DispatchSpec(Method method, String label, String dispatcher, @Nullable WhenExpression when,
		@Nullable Class<? extends DispatchCondition> condition, @Nullable Duration timeout, ReturnKind kind,
		boolean interruptible) {

}
