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

package io.support.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/**
 * Shows the arguments of a command without the secrets in them: the value of
 * {@code --name=value} and {@code -Dname=value} where the name says that it is one, the
 * argument after {@code --password}, and what looks like a secret in any other.
 */
final class CommandLine {

	/** Longer arguments, such as a class path, are cut. */
	static final int MAX_ARGUMENT = 1024;

	static final int MAX_ARGUMENTS = 256;

	/** A value that no rule hides for its own sake. */
	private static final String PROBE = "value";

	/** What stands before the name: {@code --}, {@code -D}, {@code -}. */
	private static final Pattern DASHES = Pattern.compile("^(-D|-+)");

	private final BinaryOperator<String> mask;

	CommandLine(BinaryOperator<String> mask) {
		this.mask = mask;
	}

	List<String> show(List<String> arguments) {
		List<String> shown = new ArrayList<>();
		boolean secret = false;
		for (String argument : arguments.subList(0, Math.min(arguments.size(), MAX_ARGUMENTS))) {
			// What follows the name of a secret is the secret, but for another option.
			shown.add((secret && !argument.startsWith("-")) ? this.mask.apply("password", argument) : show(argument));
			secret = argument.startsWith("-") && argument.indexOf('=') < 0 && isSecret(argument);
		}
		if (arguments.size() > MAX_ARGUMENTS) {
			shown.add("... and " + (arguments.size() - MAX_ARGUMENTS) + " more");
		}
		return shown;
	}

	private String show(String argument) {
		int equals = argument.indexOf('=');
		if (equals <= 0) {
			return cut(this.mask.apply("", argument));
		}
		String name = DASHES.matcher(argument.substring(0, equals)).replaceFirst("");
		String value = argument.substring(equals + 1);
		String shown = this.mask.apply(name, value);
		// The name may be a part of what looks like a secret.
		return cut(shown.equals(value) ? this.mask.apply("", argument) : argument.substring(0, equals + 1) + shown);
	}

	private boolean isSecret(String option) {
		return !this.mask.apply(DASHES.matcher(option).replaceFirst(""), PROBE).equals(PROBE);
	}

	private static String cut(String text) {
		return (text.length() <= MAX_ARGUMENT) ? text
				: text.substring(0, MAX_ARGUMENT) + "... (" + text.length() + " characters)";
	}

}
