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
import java.util.function.Supplier;

/**
 * One part of the application's runtime state, known to {@link SupportContext} by name.
 * Every contributor gets a page in the MetaApplication, also one that is a bean of the
 * user's own.
 * <p>
 * A contributor that counts may also be {@link Resettable}, one whose state is not for
 * everybody is {@link Confidential}, and one that is a Spring
 * {@link org.springframework.context.Lifecycle} is shown with its phase.
 * <p>
 * All methods are called from any thread, also while the application is overloaded: they
 * must not block, and {@link #snapshot()} should cost microseconds rather than
 * milliseconds.
 */
public interface ContextContributor {

	/**
	 * Returns the name under which the state is shown, and the last part of its page's
	 * address.
	 * @return lower-case letters, digits and dashes, starting with a letter; always the
	 * same
	 */
	String name();

	/**
	 * Returns a consistent copy of the state as it is now. Names carry their units
	 * ({@code queuedNanos}, {@code sizeBytes}); times are {@link java.time.Instant}s.
	 * @return a value that can be written as a JSON object: a record, a map or a bean
	 * that nobody changes any more; secrets are already masked
	 */
	Object snapshot();

	/**
	 * Returns a part of the state in full, which would be too much for the whole.
	 * @param name what it is called, as it came from a client
	 * @return a value as {@link #snapshot()} gives it, or empty if there is no such part;
	 * a contributor has none unless it says so
	 */
	default Optional<Object> detail(String name) {
		return Optional.empty();
	}

	/**
	 * Makes a contributor of a name and something that takes its snapshots.
	 * @param name the name
	 * @param snapshots takes a snapshot, as {@link #snapshot()} does
	 * @return the contributor
	 */
	static ContextContributor of(String name, Supplier<?> snapshots) {
		return new SuppliedContributor(name, snapshots);
	}

	/**
	 * Makes a contributor that can begin anew.
	 * @param name the name
	 * @param snapshots takes a snapshot, as {@link #snapshot()} does
	 * @param reset forgets what has been counted, as {@link Resettable#reset()} does
	 * @return the contributor
	 */
	static ContextContributor of(String name, Supplier<?> snapshots, Runnable reset) {
		return new CountingContributor(name, snapshots, reset);
	}

}
