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

import org.jspecify.annotations.Nullable;

/**
 * Hides the values of secret members in JSON, of whatever kind they are, wherever they
 * are. Reads what it must and no more: text that is cut off, several documents in a row
 * and what is no JSON at all go through as they are, but for the secrets.
 */
final class JsonMask {

	private static final String STRUCTURE = "structure";

	private final SecretFilter filter;

	JsonMask(SecretFilter filter) {
		this.filter = filter;
	}

	String apply(String text) {
		StringBuilder shown = new StringBuilder(text.length());
		int from = 0;
		while (from < text.length()) {
			if (text.charAt(from) != '"') {
				shown.append(text.charAt(from++));
				continue;
			}
			int end = endOfString(text, from);
			shown.append(text, from, end);
			int colon = skipSpace(text, end);
			if (colon == text.length() || text.charAt(colon) != ':') {
				from = end;
				continue;
			}
			int value = skipSpace(text, colon + 1);
			shown.append(text, end, value);
			int after = endOfValue(text, value);
			String masked = masked(unescape(text.substring(from + 1, Math.max(from + 1, end - 1))),
					text.substring(value, after));
			if (masked != null) {
				shown.append('"').append(masked).append('"');
				from = after;
			}
			else {
				from = value;
			}
		}
		return shown.toString();
	}

	/*
	 * Of what has members of its own only the key is judged: they will be, one by one.
	 */
	private @Nullable String masked(String key, String raw) {
		if (raw.isEmpty()) {
			return null;
		}
		char first = raw.charAt(0);
		String value = (first == '{' || first == '[') ? STRUCTURE
				: (first == '"' && raw.length() > 1) ? raw.substring(1, raw.length() - 1) : raw;
		String shown = this.filter.apply(key, value);
		return shown.equals(value) ? null : shown;
	}

	private static int skipSpace(String text, int from) {
		int i = from;
		while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
			i++;
		}
		return i;
	}

	private static int endOfString(String text, int from) {
		for (int i = from + 1; i < text.length(); i++) {
			if (text.charAt(i) == '\\') {
				i++;
			}
			else if (text.charAt(i) == '"') {
				return i + 1;
			}
		}
		return text.length();
	}

	private static int endOfValue(String text, int from) {
		int depth = 0;
		int i = from;
		while (i < text.length()) {
			char c = text.charAt(i);
			if (c == '"') {
				i = endOfString(text, i);
				if (depth == 0) {
					return i;
				}
				continue;
			}
			if (c == '{' || c == '[') {
				depth++;
			}
			else if (c == '}' || c == ']') {
				if (depth == 0) {
					return i;
				}
				if (--depth == 0) {
					return i + 1;
				}
			}
			else if (depth == 0 && (c == ',' || Character.isWhitespace(c))) {
				return i;
			}
			i++;
		}
		return i;
	}

	/*
	 * A key may be written so that it does not look like what it is.
	 */
	private static String unescape(String key) {
		if (key.indexOf('\\') < 0) {
			return key;
		}
		StringBuilder plain = new StringBuilder(key.length());
		for (int i = 0; i < key.length(); i++) {
			char c = key.charAt(i);
			if (c != '\\' || i + 1 == key.length()) {
				plain.append(c);
				continue;
			}
			char escaped = key.charAt(++i);
			if (escaped == 'u' && i + 4 < key.length()) {
				plain.append((char) hex(key, i + 1));
				i += 4;
			}
			else {
				plain.append(escaped);
			}
		}
		return plain.toString();
	}

	private static int hex(String key, int from) {
		int value = 0;
		for (int i = from; i < from + 4; i++) {
			value = 16 * value + Math.max(0, Character.digit(key.charAt(i), 16));
		}
		return value;
	}

}
