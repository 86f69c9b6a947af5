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

package io.support.autoconfigure.context;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The properties below {@code support.} at one moment.
 *
 * @param activeProfiles the active profiles, or the default ones if there is none
 * @param set how many properties are set
 * @param unknown how many of them nobody reads
 * @param omitted how many are not listed because there are too many
 * @param properties those that nobody reads, then those that are set, then all others
 */
record ConfigurationSnapshot(List<String> activeProfiles, int set, int unknown, int omitted,
		List<Property> properties) {

	/**
	 * One property.
	 *
	 * @param name its name in canonical form
	 * @param value its value as it was written, placeholders included, or its default;
	 * {@code null} if it has neither
	 * @param source where it was set, or {@code default}
	 * @param unknown whether nobody reads it: a misspelling, perhaps
	 */
	record Property(String name, @Nullable String value, String source, boolean unknown) {

	}

}
