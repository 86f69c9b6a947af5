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

package io.support.connection.traffic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what looks like the value of a secret in text of no particular form:
 * {@code key=value} up to the next space, and {@code key: value} up to the end of the
 * line.
 */
final class PlainTextMask {

	private static final Pattern ASSIGNMENT = Pattern
		.compile("([A-Za-z_][\\w.-]{0,63})(\\s{0,4}=\\s{0,4}([^\\s&;,]++)|[ \\t]{0,4}:[ \\t]{0,4}([^\\r\\n]++))");

	/** What another mask has left. */
	private static final Pattern HIDDEN = Pattern.compile("[\"']?\\*{6}[\"'/>}]*+");

	private static final Pattern SCHEME = Pattern.compile("(?i)\\b(bearer|basic|digest)[ \\t]{1,4}[\\w.~+/=-]{6,}+");

	private final SecretFilter filter;

	PlainTextMask(SecretFilter filter) {
		this.filter = filter;
	}

	String apply(String text) {
		StringBuilder shown = new StringBuilder(text.length());
		Matcher assignment = ASSIGNMENT.matcher(text);
		int from = 0;
		while (from < text.length() && assignment.find(from)) {
			int group = (assignment.start(3) >= 0) ? 3 : 4;
			String value = assignment.group(group);
			String masked = HIDDEN.matcher(value).matches() ? value : this.filter.apply(assignment.group(1), value);
			shown.append(text, from, assignment.start(group));
			if (masked.equals(value)) {
				// The value may be a text with assignments of its own.
				from = assignment.start(group);
			}
			else {
				shown.append(masked);
				from = assignment.end(group);
			}
		}
		shown.append(text, Math.min(from, text.length()), text.length());
		return SCHEME.matcher(shown).replaceAll("$1 " + SecretFilter.MASK);
	}

}
