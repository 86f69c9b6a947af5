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

import reactor.util.context.Context;

/**
 * On whose behalf something is done: for a request whose client will not wait for long,
 * or in the background, where it is better done late than not at all. A dispatcher
 * refuses a call that belongs to a request when it has waited for too long; it keeps the
 * others until it gets to them.
 * <p>
 * Whatever a WebFlux or MVC application does for a request belongs to that request,
 * through its Reactor context and on the thread that handles it; so do the calls that a
 * dispatched call makes. Everything else, such as {@code @Scheduled} methods, is done in
 * the background. What a request only sets off can be said to be so:
 *
 * <pre class="code">
 * try (TaskOrigin.Scope scope = TaskOrigin.BACKGROUND.open()) {
 *     dispatchers.io().future(() -&gt; send(mail));
 * }
 *
 * Mono&lt;Void&gt; sent = send(mail).contextWrite(TaskOrigin.BACKGROUND::storeIn);</pre>
 *
 * Where Micrometer's context propagation is on the class path the origin is among what it
 * carries.
 */
public enum TaskOrigin {

	/**
	 * Done for a request: refused when it would come too late.
	 */
	REQUEST,

	/**
	 * Done for nobody who waits. This is what holds where nothing was said.
	 */
	BACKGROUND;

	/** In the Reactor context, and for context propagation. */
	static final String KEY = TaskOrigin.class.getName();

	/**
	 * Returns on whose behalf the current thread works.
	 * @return the origin
	 */
	public static TaskOrigin current() {
		return Originator.current().origin();
	}

	/**
	 * Makes this the origin of what the current thread does until the scope is closed.
	 * @return the scope, to be closed by the same thread
	 */
	public Scope open() {
		return Originator.current().onBehalfOf(this).open();
	}

	/**
	 * Makes this the origin of what is done for a subscriber.
	 * @param context the subscriber's Reactor context
	 * @return the context with this origin
	 */
	public Context storeIn(Context context) {
		return Originator.of(context).onBehalfOf(this).storeIn(context);
	}

	/**
	 * While it is open the current thread works on behalf of an origin.
	 */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
