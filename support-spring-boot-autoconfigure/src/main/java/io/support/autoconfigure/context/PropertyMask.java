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

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

import io.support.meta.SecretMask;

/**
 * Says what may be shown of a property's value: nothing if its name says that it is
 * secret, nothing of who logs in at an address, and nothing that the rule of the user
 * hides. Thread-safe.
 */
public final class PropertyMask {

	private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

	private static final Pattern BRACKETS = Pattern.compile("[\\[\\]]+");

	/**
	 * Up to the last at sign: who writes a password into an address may not encode it.
	 */
	private static final Pattern USER_INFO = Pattern.compile("(?<=://)\\S*@|(?<!\\S)[^\\s:/]+:[^\\s/]\\S*@");

	private static final SecretMask SECRETS = new SecretMask(SecretMask.Rule.NONE);

	private final Rule rule;

	PropertyMask(Rule rule) {
		this.rule = rule;
	}

	/**
	 * Creates a mask that knows no rule of the user's.
	 * @return the mask
	 */
	public static PropertyMask withoutRule() {
		return new PropertyMask((source, name, value) -> value);
	}

	/**
	 * Says what may be shown of a value that is in no property source, such as that of an
	 * option of a command.
	 * @param name its name
	 * @param value the value
	 * @return the value, or what is shown in its place
	 */
	public String value(String name, String value) {
		return String.valueOf(apply(null, name, value));
	}

	@Nullable String apply(@Nullable PropertySource<?> source, String name, Object value) {
		String text = written(value);
		String key = BRACKETS.matcher(INDEX.matcher(name).replaceAll("")).replaceAll(".");
		String bare = key.endsWith(".") ? key.substring(0, key.length() - 1) : key;
		if (SecretMask.MASK.equals(SECRETS.apply(name, bare, text))) {
			return SecretMask.MASK;
		}
		Object allowed;
		try {
			allowed = this.rule.apply(source, name, text);
		}
		catch (RuntimeException ex) {
			// A rule that cannot judge must not give away what it was to judge.
			return SecretMask.MASK;
		}
		return (allowed != null) ? text(allowed.toString()) : null;
	}

	/**
	 * Hides what looks like a secret in any text.
	 * @param text the text
	 * @return what may be shown of it
	 */
	public String text(String text) {
		String anonymous = USER_INFO.matcher(text).replaceAll(SecretMask.MASK + '@');
		return String.valueOf(SECRETS.apply("", "", anonymous));
	}

	/* The text of a structure could hold anything. */
	private static String written(Object value) {
		boolean simple = value instanceof CharSequence || ClassUtils.isSimpleValueType(value.getClass())
				|| value.getClass().getName().startsWith("java.time.");
		return simple ? value.toString() : '(' + value.getClass().getName() + ')';
	}

	/**
	 * Decides what else is hidden.
	 */
	@FunctionalInterface
	interface Rule {

		/**
		 * Returns what may be shown.
		 * @param source where the property is
		 * @param name its name
		 * @param value its value
		 * @return the value, or what is shown in its place
		 */
		@Nullable Object apply(@Nullable PropertySource<?> source, String name, String value);

	}

}
