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

package io.support.benchmarks;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Options of a command: {@code --name value}, in any order.
 */
public final class CommandLine {

	private final Map<String, String> values;

	private CommandLine(Map<String, String> values) {
		this.values = values;
	}

	/**
	 * Reads options.
	 * @param names the names that are known, without dashes
	 * @param arguments what was typed
	 * @return the options
	 * @throws IllegalArgumentException if an option is not known, or has no value
	 */
	public static CommandLine of(Set<String> names, String... arguments) {
		Map<String, String> values = new LinkedHashMap<>();
		for (int index = 0; index < arguments.length; index += 2) {
			String name = arguments[index].startsWith("--") ? arguments[index].substring(2) : "";
			if (!names.contains(name) || index + 1 == arguments.length) {
				throw new IllegalArgumentException("Options are --name value with a name of " + new TreeSet<>(names)
						+ ", was: " + arguments[index]);
			}
			values.put(name, arguments[index + 1]);
		}
		return new CommandLine(values);
	}

	/**
	 * Returns a text.
	 * @param name the option's name
	 * @param fallback the value if the option was not given
	 * @return the value
	 */
	public String text(String name, String fallback) {
		return this.values.getOrDefault(name, fallback);
	}

	/**
	 * Returns a number.
	 * @param name the option's name
	 * @param fallback the value if the option was not given
	 * @return the value
	 */
	public double number(String name, double fallback) {
		String value = this.values.get(name);
		try {
			return (value != null) ? Double.parseDouble(value) : fallback;
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("--" + name + " must be a number, was: " + value, ex);
		}
	}

	/**
	 * Returns a whole number.
	 * @param name the option's name
	 * @param fallback the value if the option was not given
	 * @return the value
	 */
	public int integer(String name, int fallback) {
		return (int) number(name, fallback);
	}

	/**
	 * Returns a time given in seconds.
	 * @param name the option's name
	 * @param fallback the seconds if the option was not given
	 * @return the value
	 */
	public Duration seconds(String name, double fallback) {
		return Duration.ofNanos(Math.round(number(name, fallback) * 1e9));
	}

}
