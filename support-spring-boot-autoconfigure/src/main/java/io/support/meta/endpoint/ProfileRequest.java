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

package io.support.meta.endpoint;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.support.profile.ProfileKind;
import io.support.profile.ProfilerSettings;

/**
 * What the profiler is asked to do, as it came in a body.
 *
 * @param kinds what is to be looked for
 * @param duration how long
 */
record ProfileRequest(Set<ProfileKind> kinds, Duration duration) {

	static final String START = "start";

	static final String STOP = "stop";

	private static final String ALL = "all";

	private static final int MAX_SHOWN = 64;

	/**
	 * Reads a request for a start.
	 * @param kind a name, several with commas, or {@code all}; {@code null} for the
	 * processor
	 * @param seconds a whole number; {@code null} for the default
	 * @param settings the bounds
	 * @return the request
	 * @throws IllegalArgumentException if a field is not as it should be, which the
	 * message names
	 */
	static ProfileRequest of(@Nullable String kind, @Nullable String seconds, ProfilerSettings settings) {
		return new ProfileRequest((kind != null) ? kinds(kind) : EnumSet.of(ProfileKind.CPU),
				(seconds != null) ? duration(seconds, settings.maxDuration()) : settings.defaultDuration());
	}

	private static Set<ProfileKind> kinds(String kind) {
		Set<ProfileKind> kinds = EnumSet.noneOf(ProfileKind.class);
		for (String name : kind.split(",", -1)) {
			String text = name.strip();
			if (text.equals(ALL)) {
				kinds.addAll(EnumSet.allOf(ProfileKind.class));
			}
			else {
				kinds.add(ProfileKind.of(text).orElseThrow(() -> unknownKind(kind)));
			}
		}
		return kinds;
	}

	private static IllegalArgumentException unknownKind(String kind) {
		String known = Arrays.stream(ProfileKind.values())
			.map(ProfileKind::externalName)
			.collect(Collectors.joining(", "));
		return new IllegalArgumentException(
				"kind must be one or several of " + known + ", or " + ALL + ", was: " + shown(kind));
	}

	private static Duration duration(String seconds, Duration max) {
		try {
			long whole = Long.parseLong(seconds.strip());
			if (whole >= 1 && whole <= max.toSeconds()) {
				return Duration.ofSeconds(whole);
			}
		}
		catch (NumberFormatException ex) {
			// Said below.
		}
		throw new IllegalArgumentException(
				"seconds must be a whole number from 1 to " + max.toSeconds() + ", was: " + shown(seconds));
	}

	/**
	 * Says why there is no such action.
	 * @param action what was asked for
	 * @return the name, and those that are known
	 */
	static String unknownAction(@Nullable String action) {
		String known = "known actions: " + START + ", " + STOP;
		if (action != null) {
			return "action must be known, was: " + shown(action) + "; " + known;
		}
		return "The body must name an action, as in {\"action\": \"start\", \"kind\": \"cpu\", \"seconds\": 10}; "
				+ known;
	}

	private static String shown(String text) {
		return '\'' + ((text.length() <= MAX_SHOWN) ? text : text.substring(0, MAX_SHOWN) + "...") + '\'';
	}

}
