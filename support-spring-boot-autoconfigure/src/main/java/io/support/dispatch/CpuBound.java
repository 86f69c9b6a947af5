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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that computes for longer than an event loop can spare: key derivation,
 * signatures, compression, large documents. Its body runs on the {@code cpu} dispatcher,
 * which has as many threads as the machine has cores, instead of the calling thread.
 * <p>
 * What is cheap for a small input need not be dispatched:
 *
 * <pre class="code">
 * &#64;CpuBound(when = "#document.length > 4096")
 * public byte[] sign(byte[] document) {
 *     ...
 * }</pre>
 *
 * Everything else is as described for {@link IoBound @IoBound}: where it may stand, what
 * the caller sees for each return type, nesting, a full queue.
 *
 * @see IoBound
 * @see Dispatchers
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface CpuBound {

	/**
	 * A SpEL expression on the arguments ({@code #name}, {@code #a0}, {@code #p0}): the
	 * call is dispatched only where it is true, and runs in place otherwise. It is read
	 * once, when the application starts.
	 * @return the expression; empty means always
	 */
	String when() default "";

	/**
	 * What says whether the call is dispatched, as {@link #when()} does, in Java: a bean
	 * of this type. Only one of both may be given.
	 * @return the type of the only bean of that type; {@link DispatchCondition} itself
	 * means always
	 */
	Class<? extends DispatchCondition> condition() default DispatchCondition.class;

	/**
	 * How long the call may take, from being queued to its result; for a {@code Flux} to
	 * its first element. Then it fails with a {@link DispatchTimeoutException}, and its
	 * thread is interrupted, which pure computation notices only where it asks
	 * {@link Thread#interrupted()}. A call that runs in place is not bounded.
	 * @return a duration such as {@code 500ms} or {@code PT2S}, placeholders are
	 * resolved; empty means no limit
	 */
	String timeout() default "";

	/**
	 * The dispatcher to use.
	 * @return its name
	 */
	String dispatcher() default Dispatchers.CPU;

}
