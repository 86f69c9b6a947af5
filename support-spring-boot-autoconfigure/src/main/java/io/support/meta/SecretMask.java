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

package io.support.meta;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Hides what looks like a secret, wherever it comes from. A value is hidden when its key
 * says that it is a password, a secret, a token, a key or a credential; inside other text
 * {@code password=...}, {@code Bearer ...} and the password of an address are hidden.
 * <p>
 * This is a net, not a permission to put secrets into a snapshot: contributors mask what
 * they know to be secret. Numbers and {@code true} or {@code false} stay where the key
 * only <em>mentions</em> a secret ({@code secretsLoaded}, {@code hasPassword}).
 * Thread-safe.
 */
public final class SecretMask {

	/**
	 * What is shown in place of a secret; the same as in Spring Boot's own endpoints.
	 */
	public static final String MASK = "******";

	private static final List<String> MENTIONS = List.of("password", "passwd", "passphrase", "secret", "credential",
			"authorization", "privatekey", "private-key");

	private static final List<String> ENDS = List.of("password", "passwd", "passphrase", "secret", "key", "token",
			"pwd", "cookie");

	private static final List<String> PLURALS = List.of("tokens", "cookies");

	/**
	 * Up to the last at sign: who writes a password into an address may not encode it.
	 */
	private static final Pattern USER_INFO = Pattern.compile("(?<=://)([^/\\s:@]{0,256}):[^/\\s?#]{1,256}@");

	private static final Pattern SCHEME = Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{6,}");

	/** The rest of the line: a scheme and what it needs, or several cookies. */
	private static final Pattern HEADER = Pattern
		.compile("(?i)\\b((?:proxy-)?authorization|(?:set-)?cookie)(\\s{0,4}:\\s{0,4})[^\\s\"'][^\\r\\n\"']*");

	/** A JSON Web Token, which begins with an opening brace in Base64. */
	private static final Pattern JWT = Pattern.compile("\\beyJ[\\w-]{8,}\\.[\\w-]{4,}\\.[\\w-]*");

	private static final Pattern ASSIGNMENT = Pattern
		.compile("(?i)\\b([\\w.-]{0,64}(?:password|passwd|passphrase|pwd|secret|token|credentials?|authorization|"
				+ "(?:api|access|private|secret)[_-]?key)[\"']?\\s{0,4}[=:]\\s{0,4})(\"[^\"]*\"|'[^']*'|[^\\s,;&]+)");

	private final Rule rule;

	/**
	 * Creates a mask that hides more than the default.
	 * @param rule what else is to be hidden
	 */
	public SecretMask(Rule rule) {
		this.rule = rule;
	}

	/**
	 * Whether everything below the key is hidden, were it a whole structure.
	 * @param key the last part of the path
	 * @return whether the key says that it holds secrets
	 */
	boolean hidesStructure(String key) {
		String lowerCase = key.toLowerCase(Locale.ROOT);
		return endsWithAny(lowerCase, ENDS) || MENTIONS.stream().anyMatch(lowerCase::contains);
	}

	/**
	 * Returns what may be shown of a scalar.
	 * @param path the whole path, its parts separated by dots
	 * @param key the last part of the path
	 * @param value a string, number, boolean or {@code null}
	 * @return the value, or the mask
	 */
	public @Nullable Object apply(String path, String key, @Nullable Object value) {
		if (value == null) {
			return null;
		}
		if (isSecret(key, value)) {
			return MASK;
		}
		Object shown;
		try {
			shown = this.rule.apply(path, value);
		}
		catch (RuntimeException ex) {
			// A rule that cannot judge must not give away what it was to judge.
			return MASK;
		}
		return (shown instanceof String text) ? text(text) : shown;
	}

	/**
	 * Returns the text with the secrets hidden that can be recognised in it.
	 * @param text any text
	 * @return the text that may be shown
	 */
	String text(String text) {
		String shown = text;
		if (shown.indexOf('@') >= 0) {
			shown = USER_INFO.matcher(shown).replaceAll("$1:" + MASK + "@");
		}
		if (shown.indexOf(' ') >= 0) {
			shown = SCHEME.matcher(shown).replaceAll("$1 " + MASK);
		}
		if (shown.indexOf("eyJ") >= 0) {
			shown = JWT.matcher(shown).replaceAll(MASK);
		}
		if (shown.indexOf(':') >= 0) {
			shown = HEADER.matcher(shown).replaceAll("$1$2" + MASK);
		}
		if (shown.indexOf('=') >= 0 || shown.indexOf(':') >= 0) {
			shown = ASSIGNMENT.matcher(shown).replaceAll("$1" + MASK);
		}
		return shown;
	}

	private static boolean isSecret(String key, Object value) {
		if (value instanceof Boolean) {
			return false;
		}
		String lowerCase = key.toLowerCase(Locale.ROOT);
		if (endsWithAny(lowerCase, ENDS)) {
			return true;
		}
		return !(value instanceof Number)
				&& (endsWithAny(lowerCase, PLURALS) || MENTIONS.stream().anyMatch(lowerCase::contains));
	}

	/* A key that is called "key" names something; it opens nothing. */
	private static boolean endsWithAny(String key, List<String> ends) {
		return !key.equals("key") && ends.stream().anyMatch(key::endsWith);
	}

	/**
	 * Decides what may be shown of a value, in addition to the default.
	 */
	@FunctionalInterface
	public interface Rule {

		/**
		 * A rule that hides nothing.
		 */
		Rule NONE = (path, value) -> value;

		/**
		 * Returns what may be shown.
		 * @param path the path to the value, its parts separated by dots
		 * @param value a string, number or boolean
		 * @return the value itself, or what is shown in its place
		 */
		@Nullable Object apply(String path, Object value);

	}

}
