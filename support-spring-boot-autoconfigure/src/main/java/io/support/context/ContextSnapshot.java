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

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;

/**
 * What a {@link SupportContext} knows at one moment.
 *
 * @param contributors how many contributors are registered
 * @param maxContributors how many may be
 * @param parts the contributors in the order of their registration
 * @param lifecycle what is started and stopped, in the order of the start; the stop goes
 * the other way
 */
public record ContextSnapshot(int contributors, int maxContributors, List<Part> parts, List<Step> lifecycle) {

	/* As Spring does it: what has no phase is started in phase 0. */
	private static int phaseOf(Lifecycle lifecycle) {
		return (lifecycle instanceof Phased phased) ? phased.getPhase() : 0;
	}

	/**
	 * One contributor.
	 *
	 * @param name its name, which is also that of its page
	 * @param type its class
	 * @param registeredAt since when it is registered
	 * @param resettable whether it can begin anew
	 * @param running whether it is running; {@code null} if it is not started or stopped
	 * @param phase when it is started; {@code null} if it is not
	 */
	public record Part(String name, String type, Instant registeredAt, boolean resettable, @Nullable Boolean running,
			@Nullable Integer phase) {

		static Part of(String name, ContextContributor contributor, Instant registeredAt) {
			Lifecycle lifecycle = (contributor instanceof Lifecycle started) ? started : null;
			return new Part(name, contributor.getClass().getName(), registeredAt, contributor instanceof Resettable,
					(lifecycle != null) ? lifecycle.isRunning() : null,
					(lifecycle != null) ? phaseOf(lifecycle) : null);
		}

	}

	/**
	 * Something that is started and stopped with the application.
	 *
	 * @param phase when it is started: the lowest first; and stopped: the lowest last
	 * @param name the name of the bean
	 * @param type its class
	 * @param running whether it is running
	 */
	public record Step(int phase, String name, String type, boolean running) {

		static Step of(String name, Lifecycle lifecycle) {
			return new Step(phaseOf(lifecycle), name, lifecycle.getClass().getName(), lifecycle.isRunning());
		}

	}

}
