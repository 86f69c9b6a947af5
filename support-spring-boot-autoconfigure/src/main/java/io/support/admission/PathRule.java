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

package io.support.admission;

/**
 * One path, such as {@code /ping}, or one with all below it, such as {@code /orders/**}.
 * Compared with the path as it is sent: nothing is decoded or normalized.
 *
 * @param path the path, without the wildcard
 * @param withAllBelow whether what lies below it counts too
 */
public record PathRule(String path, boolean withAllBelow) {

	private static final String ALL_BELOW = "/**";

	/**
	 * Reads a rule.
	 * @param text the path, with {@code /**} behind it for all that lies below, too
	 * @return the rule
	 * @throws IllegalArgumentException if it does not begin with a slash, or has another
	 * wildcard
	 */
	public static PathRule of(String text) {
		boolean withAllBelow = text.endsWith(ALL_BELOW);
		String path = withAllBelow ? text.substring(0, text.length() - ALL_BELOW.length()) : text;
		if (!text.startsWith("/") || path.contains("*") || path.contains("?")) {
			throw new IllegalArgumentException(
					"A path is /a/path, or /a/path/** with all that lies below it, was: '" + text + "'");
		}
		return new PathRule(path, withAllBelow);
	}

	/**
	 * Returns whether this is the path of a request.
	 * @param target the path as it was sent, a query behind it or not
	 * @return whether it is
	 */
	boolean matches(String target) {
		if (!target.startsWith(this.path)) {
			return false;
		}
		int length = this.path.length();
		if (target.length() == length) {
			return true;
		}
		char next = target.charAt(length);
		return next == '?' || (next == '/' && this.withAllBelow);
	}

}
