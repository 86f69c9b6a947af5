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

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import org.springframework.context.Lifecycle;

/**
 * The one registry of runtime state: every capability registers what it holds, and the
 * MetaApplication shows exactly that. It also knows in which order the application is
 * started and stopped, and can make what counts begin anew. There is one per application
 * context and none is static, so that two applications in one JVM do not see each other.
 * <p>
 * Thread-safe. Bounded: at most {@value #MAX_CONTRIBUTORS} contributors, and as many
 * lifecycles.
 */
public final class SupportContext {

	/**
	 * How many contributors may be registered at the same time.
	 */
	public static final int MAX_CONTRIBUTORS = 256;

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

	private final Map<String, Entry> contributors = new ConcurrentSkipListMap<>();

	private final List<Started> lifecycles = new CopyOnWriteArrayList<>();

	private final Clock clock;

	private long registrations;

	/**
	 * Creates a registry that knows nobody yet.
	 */
	public SupportContext() {
		this(Clock.systemUTC());
	}

	/**
	 * Creates a registry that knows nobody yet.
	 * @param clock tells when contributors are registered
	 */
	public SupportContext(Clock clock) {
		this.clock = clock;
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
			Entry present = this.contributors.get(name);
			if (present != null) {
				throw new IllegalStateException(
						"Two contributors are named '" + name + "': " + present.contributor().getClass().getName()
								+ " and " + contributor.getClass().getName() + "; give one of them another name");
			}
			if (this.contributors.size() >= MAX_CONTRIBUTORS) {
				throw new IllegalStateException("No room for contributor '" + name + "': " + MAX_CONTRIBUTORS
						+ " are registered; close registrations that are no longer needed");
			}
			Entry entry = new Entry(this.registrations++, name, contributor, this.clock.instant());
			this.contributors.put(name, entry);
			return () -> this.contributors.remove(name, entry);
		}
	}

	/**
	 * Registers something that is started and stopped with the application, until the
	 * returned registration is closed. Who starts it is not changed by this.
	 * @param name what it is called, such as the name of its bean
	 * @param lifecycle what is started and stopped
	 * @return the registration; closing it twice does no harm
	 * @throws IllegalStateException if {@value #MAX_CONTRIBUTORS} are registered
	 */
	public Registration register(String name, Lifecycle lifecycle) {
		synchronized (this.contributors) {
			if (this.lifecycles.size() >= MAX_CONTRIBUTORS) {
				throw new IllegalStateException("No room for lifecycle '" + name + "': " + MAX_CONTRIBUTORS
						+ " are registered; close registrations that are no longer needed");
			}
			Started started = new Started(this.registrations++, name, lifecycle);
			this.lifecycles.add(started);
			return () -> this.lifecycles.remove(started);
		}
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
		return contributor(name).map(ContextContributor::snapshot);
	}

	/**
	 * Returns a part of the state of one contributor in full, as it is now.
	 * @param name the contributor's name
	 * @param detail what the part is called
	 * @return its snapshot, or empty if there is no such contributor, or it has no such
	 * part
	 */
	public Optional<Object> detail(String name, String detail) {
		return contributor(name).flatMap((contributor) -> contributor.detail(detail));
	}

	/**
	 * Returns whether the state of a contributor is not for everybody.
	 * @param name the contributor's name
	 * @return {@code false} also if there is no contributor of that name
	 */
	public boolean isConfidential(String name) {
		return contributor(name).filter(Confidential.class::isInstance).isPresent();
	}

	/**
	 * Returns whether a contributor can begin anew.
	 * @param name the contributor's name
	 * @return {@code false} also if there is no contributor of that name
	 */
	public boolean isResettable(String name) {
		return contributor(name).filter(Resettable.class::isInstance).isPresent();
	}

	/**
	 * Lets a contributor forget what it has counted so far.
	 * @param name the contributor's name
	 * @return whether it has; what the contributor throws is passed on
	 */
	public ContextReset.Outcome reset(String name) {
		ContextContributor contributor = contributor(name).orElse(null);
		if (contributor instanceof Resettable resettable) {
			resettable.reset();
			return ContextReset.Outcome.DONE;
		}
		return (contributor != null) ? ContextReset.Outcome.NOTHING : ContextReset.Outcome.UNKNOWN;
	}

	/**
	 * Lets all contributors that can forget what they have counted so far, in the order
	 * of their registration. One that fails does not keep the others from it.
	 * @return which have
	 */
	public ContextReset reset() {
		List<String> reset = new ArrayList<>();
		Map<String, Throwable> failures = new LinkedHashMap<>();
		for (Entry entry : entries()) {
			if (entry.contributor() instanceof Resettable resettable) {
				try {
					resettable.reset();
					reset.add(entry.name());
				}
				catch (Exception | LinkageError ex) {
					failures.put(entry.name(), ex);
				}
			}
		}
		return new ContextReset(List.copyOf(reset), Collections.unmodifiableMap(failures));
	}

	/**
	 * Returns what is registered as it is now.
	 * @return the state of this registry
	 */
	public ContextSnapshot snapshot() {
		List<ContextSnapshot.Part> parts = entries().stream()
			.map((entry) -> ContextSnapshot.Part.of(entry.name(), entry.contributor(), entry.registeredAt()))
			.toList();
		List<ContextSnapshot.Step> steps = this.lifecycles.stream()
			.map((started) -> ContextSnapshot.Step.of(started.name(), started.lifecycle()))
			.sorted(Comparator.comparingInt(ContextSnapshot.Step::phase))
			.toList();
		return new ContextSnapshot(parts.size(), MAX_CONTRIBUTORS, parts, steps);
	}

	private Optional<ContextContributor> contributor(String name) {
		return Optional.ofNullable(this.contributors.get(name)).map(Entry::contributor);
	}

	private List<Entry> entries() {
		return this.contributors.values().stream().sorted(Comparator.comparingLong(Entry::number)).toList();
	}

	/**
	 * A contributor and when it came.
	 *
	 * @param number its place in the order of registration
	 * @param name its name then
	 * @param contributor the contributor
	 * @param registeredAt the time
	 */
	private record Entry(long number, String name, ContextContributor contributor, Instant registeredAt) {

	}

	/**
	 * Something that is started and stopped.
	 *
	 * @param number its place in the order of registration
	 * @param name what it is called
	 * @param lifecycle what it is
	 */
	private record Started(long number, String name, Lifecycle lifecycle) {

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
