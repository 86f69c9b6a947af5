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

package io.support.meta.ui;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

import io.support.meta.SecretMask;

/**
 * Where the parts of a page are that have a page of their own.
 */
final class PartAddress implements Function<String, @Nullable String> {

	/**
	 * What servlet containers and firewalls do not let into a path, encoded or not, and
	 * what has another meaning there.
	 */
	private static final Pattern IMPOSSIBLE = Pattern.compile("\\.{0,2}|(?s).*[/\\\\;%\\p{Cntrl}\\x{2028}\\x{2029}].*");

	private final String page;

	/**
	 * Creates the addresses of a page.
	 * @param page the address of the page, with a slash at its end
	 */
	PartAddress(String page) {
		this.page = page;
	}

	/**
	 * Returns the address of a part.
	 * @param part what it is called
	 * @return the address, or {@code null} if none leads there: its name cannot be in a
	 * path, or is not shown in full
	 */
	@Override
	public @Nullable String apply(String part) {
		if (part.contains(SecretMask.MASK) || IMPOSSIBLE.matcher(part).matches()) {
			return null;
		}
		return this.page + UriUtils.encode(part, StandardCharsets.UTF_8);
	}

}
