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

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What may be done with a page other than looking at it.
 */
enum PageAction {

	/**
	 * What has been counted is forgotten.
	 */
	RESET;

	private static final int MAX_SHOWN = 64;

	static Optional<PageAction> of(@Nullable String name) {
		return Arrays.stream(values()).filter((action) -> action.externalName().equals(name)).findFirst();
	}

	/**
	 * Says why there is no such action.
	 * @param name what was asked for
	 * @return the name, and those that are known
	 */
	static String unknown(@Nullable String name) {
		String known = Arrays.stream(values()).map(PageAction::externalName).collect(Collectors.joining(", "));
		if (name == null) {
			return "The body must name an action, as in {\"action\": \"reset\"}; known actions: " + known;
		}
		String shown = (name.length() <= MAX_SHOWN) ? name : name.substring(0, MAX_SHOWN) + "...";
		return "Unknown action '" + shown + "'; known actions: " + known;
	}

	private String externalName() {
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
