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
 * Marks a method that blocks on something outside the JVM: a JDBC driver, a file, a
 * client without an asynchronous face. Its body runs on the {@code io} dispatcher, a
 * bounded pool of threads, instead of the calling thread.
 * <p>
 * May stand on a method, on a class (all its methods but private and static ones; an
 * annotation on the method itself wins), and on another annotation, which then means the
 * same:
 *
 * <pre class="code">
 * &#64;IoBound(timeout = "2s")
 * public Mono&lt;Receipt&gt; load(String id) {
 *     return Mono.just(this.jdbc.queryForObject(...));
 * }</pre>
 *
 * <h2>What the caller sees</h2>
 * <ul>
 * <li>{@code Mono}, {@code Flux}, {@code Publisher}: nothing happens before subscription.
 * Then the method is called, and what it returns is subscribed to, on the dispatcher; the
 * signals come back on the event loop that subscribed. Cancelling takes the call out of
 * the queue, or interrupts it.</li>
 * <li>{@code CompletionStage}, {@code CompletableFuture}: the method is called on the
 * dispatcher, and the returned future completes as the method's own does. Cancelling it
 * does the same as above.</li>
 * <li>anything else, and {@code void}: the caller waits. Where the caller must not wait,
 * on an event loop or another non-blocking thread, the call fails at once with a
 * {@link BlockingDispatchException}. A controller method of WebFlux is the exception: it
 * may return a plain value, and WebFlux waits without holding the event loop.</li>
 * </ul>
 * Other futures, other reactive types and Kotlin's suspending functions are refused when
 * the application starts, as are private, static and final methods, which no proxy can
 * intercept.
 * <p>
 * A call whose dispatcher is already held by the chain of calls that leads to it runs in
 * place, so that nesting cannot deadlock, not even where the caller waits for the future
 * of a call; a thread of a dispatcher that waits by means of its own, such as
 * {@code mono.block()}, is not seen waiting. When the queue is full, or the call belongs
 * to a request ({@link TaskOrigin}) and has waited for too long, it fails with a
 * {@link DispatchRejectedException}, which the web layer answers with 503.
 * <p>
 * As with every annotation that works through a Spring proxy, a call from within the same
 * object is not dispatched; the log warns of those that are found when the application
 * starts.
 *
 * @see CpuBound
 * @see Dispatchers
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface IoBound {

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
	 * thread is interrupted. A call that runs in place is not bounded.
	 * @return a duration such as {@code 500ms} or {@code PT2S}, placeholders are
	 * resolved; empty means no limit
	 */
	String timeout() default "";

	/**
	 * The dispatcher to use.
	 * @return its name
	 */
	String dispatcher() default Dispatchers.IO;

}
