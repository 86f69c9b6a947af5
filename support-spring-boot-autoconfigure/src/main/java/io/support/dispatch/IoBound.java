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
 * client without an asynchronous face. It runs on the {@code io} dispatcher instead of
 * the calling thread.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface IoBound {

	/**
	 * A SpEL expression on the arguments ({@code #name}, {@code #a0}): the call is
	 * dispatched only where it is true, and runs in place otherwise.
	 * @return the expression; empty means always
	 */
	String when() default "";

	/**
	 * How long the call may take, from being queued to its result.
	 * @return a duration such as {@code 500ms} or {@code PT2S}, placeholders are
	 * resolved; empty means no limit
	 */
	String timeout() default "";

	/**
	 * The dispatcher to use.
	 * @return its name
	 */
	String dispatcher() default "io";

}
