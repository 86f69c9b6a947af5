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

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/**
 * The one registry of runtime state: every capability registers what it holds, and the
 * MetaApplication shows exactly that. There is one per application context and none is
 * static, so that two applications in one JVM do not see each other.
 * <p>
 * Thread-safe. Bounded: at most {@value #MAX_CONTRIBUTORS} contributors.
 */
public final class SupportContext {

	/**
	 * How many contributors may be registered at the same time.
	 */
	public static final int MAX_CONTRIBUTORS = 256;

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

	private final Map<String, ContextContributor> contributors = new ConcurrentSkipListMap<>();

	/**
	 * Creates a registry that knows nobody yet.
	 */
	public SupportContext() {
	}

	/**
	 * Registers a contributor until the returned registration is closed.
	 * @param contributor the contributor
	 * @return the registration; closing it twice does no harm
	 * @throws IllegalArgumentException if the name is not made of lower-case letters,
	 * digits and dashes
	 * @throws IllegalStateException if the name is taken, or the registry is full
	 */
	public Registration register(ContextContributor contributor) {
		String name = contributor.name();
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("The name of a ContextContributor must match " + NAME + ", was: '" + name
					+ "' (" + contributor.getClass().getName() + ")");
		}
		synchronized (this.contributors) {
			ContextContributor present = this.contributors.get(name);
			if (present != null) {
				throw new IllegalStateException(
						"Two contributors are named '" + name + "': " + present.getClass().getName() + " and "
								+ contributor.getClass().getName() + "; give one of them another name");
			}
			if (this.contributors.size() >= MAX_CONTRIBUTORS) {
				throw new IllegalStateException("No room for contributor '" + name + "': " + MAX_CONTRIBUTORS
						+ " are registered; close registrations that are no longer needed");
			}
			this.contributors.put(name, contributor);
		}
		return () -> this.contributors.remove(name, contributor);
	}

	/**
	 * Returns the names of all contributors.
	 * @return the names in alphabetical order; a copy
	 */
	public List<String> names() {
		return List.copyOf(this.contributors.keySet());
	}

	/**
	 * Returns the state of one contributor as it is now.
	 * @param name the contributor's name
	 * @return its snapshot, or empty if there is no contributor of that name
	 */
	public Optional<Object> snapshot(String name) {
		return Optional.ofNullable(this.contributors.get(name)).map(ContextContributor::snapshot);
	}

	/**
	 * Returns a part of the state of one contributor in full, as it is now.
	 * @param name the contributor's name
	 * @param detail what the part is called
	 * @return its snapshot, or empty if there is no such contributor, or it has no such
	 * part
	 */
	public Optional<Object> detail(String name, String detail) {
		return Optional.ofNullable(this.contributors.get(name)).flatMap((contributor) -> contributor.detail(detail));
	}

	/**
	 * Returns what is registered as it is now.
	 * @return the state of this registry
	 */
	public Snapshot snapshot() {
		List<String> names = names();
		return new Snapshot(names.size(), MAX_CONTRIBUTORS, names);
	}

	/**
	 * What is registered at one moment.
	 *
	 * @param contributors how many contributors are registered
	 * @param maxContributors how many may be
	 * @param names their names in alphabetical order
	 */
	public record Snapshot(int contributors, int maxContributors, List<String> names) {

	}

	/**
	 * The presence of one contributor in the registry.
	 */
	@FunctionalInterface
	public interface Registration extends AutoCloseable {

		@Override
		void close();

	}

}
