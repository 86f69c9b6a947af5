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

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What may be done with a page other than looking at it.
 */
enum PageAction {

	/**
	 * What has been counted is forgotten.
	 */
	RESET,

	/**
	 * Garbage is collected, and what is left is counted.
	 */
	COLLECT;

	private static final int MAX_SHOWN = 64;

	/**
	 * Says whether this is what was asked for.
	 * @param name what was asked for
	 * @return whether it is this action
	 */
	boolean isMeant(@Nullable String name) {
		return externalName().equals(name);
	}

	/**
	 * Says why something else than this cannot be done.
	 * @param name what was asked for
	 * @return the name, and what is known
	 */
	String unknown(@Nullable String name) {
		String known = externalName();
		if (name == null) {
			return "The body must name an action, as in {\"action\": \"" + known + "\"}; known actions: " + known;
		}
		String shown = (name.length() <= MAX_SHOWN) ? name : name.substring(0, MAX_SHOWN) + "...";
		return "Unknown action '" + shown + "'; known actions: " + known;
	}

	String externalName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the type of its audit event.
	 * @return the type
	 */
	String auditType() {
		return "SUPPORT_" + name();
	}

}
