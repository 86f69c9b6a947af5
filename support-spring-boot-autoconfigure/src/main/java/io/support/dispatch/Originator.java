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

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import io.support.context.RequestLine;

/**
 * Who has set something off: a request, as far as it is known which, or something in the
 * background. A {@link TaskOrigin} travels as one of these. Its text is only put together
 * when somebody looks.
 *
 * @param origin on whose behalf it is done
 * @param method the method of the request; {@code null} if it is not known
 * @param target what the request asked for, as it came from the client; {@code null} if
 * it is not known
 */
public record Originator(TaskOrigin origin, @Nullable String method, @Nullable String target) {

	private static final Originator REQUEST = new Originator(TaskOrigin.REQUEST, null, null);

	private static final Originator BACKGROUND = new Originator(TaskOrigin.BACKGROUND, null, null);

	private static final TaskOrigin.Scope NO_CHANGE = () -> {
	};

	private static final ThreadLocal<@Nullable Originator> CURRENT = new ThreadLocal<>();

	/**
	 * Returns the originator that is a request.
	 * @param method its method
	 * @param target what it asks for
	 * @return the originator
	 */
	public static Originator request(String method, String target) {
		return new Originator(TaskOrigin.REQUEST, method, target);
	}

	/**
	 * Returns the originator of which nothing is known but on whose behalf it acts.
	 * @param origin on whose behalf
	 * @return the originator
	 */
	static Originator of(TaskOrigin origin) {
		return (origin == TaskOrigin.REQUEST) ? REQUEST : BACKGROUND;
	}

	/**
	 * Returns who has set off what a subscriber asks for.
	 * @param context its Reactor context
	 * @return what is stored there, otherwise that of the current thread
	 */
	static Originator of(ContextView context) {
		Originator originator = context.getOrDefault(TaskOrigin.KEY, null);
		return (originator != null) ? originator : current();
	}

	static Originator current() {
		Originator originator = CURRENT.get();
		return (originator != null) ? originator : BACKGROUND;
	}

	static @Nullable Originator known() {
		return CURRENT.get();
	}

	static void restore(@Nullable Originator originator) {
		if (originator != null) {
			CURRENT.set(originator);
		}
		else {
			CURRENT.remove();
		}
	}

	/**
	 * Makes this the originator of what the current thread does until the scope is
	 * closed.
	 * @return the scope, to be closed by the same thread
	 */
	public TaskOrigin.Scope open() {
		Originator previous = CURRENT.get();
		if (equals((previous != null) ? previous : BACKGROUND)) {
			return NO_CHANGE;
		}
		CURRENT.set(this);
		return () -> restore(previous);
	}

	/**
	 * Makes this the originator of what is done for a subscriber.
	 * @param context the subscriber's Reactor context
	 * @return the context with this originator
	 */
	public Context storeIn(Context context) {
		return context.put(TaskOrigin.KEY, this);
	}

	/**
	 * Returns the same originator on another's behalf: what a request sets off is still
	 * set off by it.
	 * @param other on whose behalf
	 * @return the originator
	 */
	Originator onBehalfOf(TaskOrigin other) {
		if (this.origin == other) {
			return this;
		}
		return (this.method == null) ? of(other) : new Originator(other, this.method, this.target);
	}

	/**
	 * Describes the request.
	 * @return such as {@code GET /orders}; {@code null} if it is not known
	 */
	public @Nullable String describe() {
		return (this.method != null && this.target != null) ? RequestLine.of(this.method, this.target) : null;
	}

}
