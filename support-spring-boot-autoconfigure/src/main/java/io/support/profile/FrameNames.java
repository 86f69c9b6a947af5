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

package io.support.profile;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes frames of what the JVM calls threads, classes and methods. What the JVM numbers
 * as it likes (lambdas, generated accessors, the threads of a pool) gets the same name
 * every time, so that equal stacks are equal. Thread-safe.
 */
final class FrameNames {

	/** Longer names are cut: whoever names a thread may put anything there. */
	static final int MAX_NAME = 256;

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	private static final Pattern GENERATED = Pattern.compile(
			"(?<=\\$\\$Lambda)[$.+].*|[.+]0x[0-9a-f]+(\\.\\d+)?|(?<=Accessor)\\d+|(?<=\\$Proxy)\\d+|(?<=\\$\\$)[0-9a-f]{6,}");

	private static final List<String> JDK = List.of("java.", "javax.crypto.", "javax.management.", "javax.naming.",
			"javax.net.", "javax.security.", "javax.sql.", "javax.xml.", "jdk.", "sun.", "com.sun.");

	private final List<String> application;

	/**
	 * Creates names.
	 * @param applicationPackages the packages that are the application's own
	 */
	FrameNames(List<String> applicationPackages) {
		this.application = applicationPackages.stream()
			.filter((name) -> !name.isBlank())
			.map((name) -> name + '.')
			.toList();
	}

	Frame method(String className, String method) {
		String name = type(className);
		return new Frame(cut(name + '.' + method), kind(name));
	}

	/**
	 * Returns the threads that a thread is one of.
	 * @param name the thread's name, {@code null} if it has none
	 * @param virtual whether it is a virtual thread
	 * @return the frame
	 */
	Frame threads(@Nullable String name, boolean virtual) {
		if (name == null || name.isBlank()) {
			return new Frame(virtual ? "virtual threads" : "threads without name", FrameKind.THREAD);
		}
		return new Frame(cut(NUMBER.matcher(cut(name)).replaceAll("*")), FrameKind.THREAD);
	}

	/**
	 * Returns the name of a class as source code has it.
	 * @param className the JVM's name, of an array too
	 * @return the name, without the numbers of generated classes
	 */
	static String type(String className) {
		int dimensions = 0;
		while (dimensions < className.length() && className.charAt(dimensions) == '[') {
			dimensions++;
		}
		String element = className.substring(dimensions).replace('/', '.');
		if (dimensions > 0) {
			element = element(element);
		}
		return cut(GENERATED.matcher(element).replaceAll("") + "[]".repeat(dimensions));
	}

	private static String element(String name) {
		if (name.length() == 1) {
			return switch (name.charAt(0)) {
				case 'B' -> "byte";
				case 'C' -> "char";
				case 'D' -> "double";
				case 'F' -> "float";
				case 'I' -> "int";
				case 'J' -> "long";
				case 'S' -> "short";
				case 'Z' -> "boolean";
				default -> name;
			};
		}
		return (name.startsWith("L") && name.endsWith(";")) ? name.substring(1, name.length() - 1) : name;
	}

	private FrameKind kind(String className) {
		if (startsWithAny(className, this.application)) {
			return FrameKind.APPLICATION;
		}
		return startsWithAny(className, JDK) ? FrameKind.JDK : FrameKind.LIBRARY;
	}

	private static boolean startsWithAny(String name, List<String> prefixes) {
		for (String prefix : prefixes) {
			if (name.startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

	private static String cut(String name) {
		return (name.length() <= MAX_NAME) ? name : name.substring(0, MAX_NAME);
	}

}
