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

package io.support.heap;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many objects of each class there are, and how much memory they take.
 *
 * @param at when it was taken
 * @param live whether garbage was collected for it, and is not in it
 * @param tookMillis for how long it was waited for; the application stood still for most
 * of it
 * @param classes how many classes there are
 * @param instances how many objects there are
 * @param bytes how much memory they take
 * @param largest the classes that take most, the largest first
 */
record ClassHistogram(Instant at, boolean live, long tookMillis, int classes, long instances, long bytes,
		List<Entry> largest) {

	/** So many classes are kept; those after them are small. */
	static final int MAX_CLASSES = 2000;

	/** {@code 1:  70576  4796392  [B (java.base@17.0.15)}. */
	private static final Pattern LINE = Pattern
		.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S.*?)(?:\\s+\\(([^()]*)\\))?\\s*$");

	/** Where a class is that has no name of its own: {@code /0x00007f}. */
	private static final Pattern ADDRESS = Pattern.compile("[/+]0x[0-9a-f]+$");

	/** The number of a class that was made while the application runs. */
	private static final Pattern NUMBER = Pattern.compile("(?<=\\$\\$Lambda)[$/]?\\d*$|(?<=\\$Proxy)\\d+$");

	private static final String PRIMITIVES = "ZBCSIJFD";

	/**
	 * Reads what the JVM says.
	 * @param text the text of {@code GC.class_histogram}
	 * @param at when it was taken
	 * @param live whether garbage was collected for it
	 * @param tookMillis how long that took
	 * @return the histogram
	 */
	static ClassHistogram parse(String text, Instant at, boolean live, long tookMillis) {
		Map<String, Entry> byName = new HashMap<>();
		long instances = 0;
		long bytes = 0;
		Matcher line = LINE.matcher(text);
		while (line.find()) {
			long lineInstances = Long.parseLong(line.group(1));
			long lineBytes = Long.parseLong(line.group(2));
			String name = readable(line.group(3));
			String module = (line.group(4) != null) ? line.group(4) : "";
			instances += lineInstances;
			bytes += lineBytes;
			byName.merge(name, new Entry(name, module, lineInstances, lineBytes), Entry::plus);
		}
		List<Entry> largest = byName.values()
			.stream()
			.sorted(Comparator.comparingLong(Entry::bytes).reversed().thenComparing(Entry::name))
			.limit(MAX_CLASSES)
			.toList();
		return new ClassHistogram(at, live, tookMillis, byName.size(), instances, bytes, largest);
	}

	/**
	 * Says the name of a class as programs do, arrays too; the many classes of lambdas of
	 * one class are one.
	 * @param name such as {@code [Ljava.lang.String;}
	 * @return such as {@code java.lang.String[]}
	 */
	static String readable(String name) {
		int dimensions = 0;
		while (dimensions < name.length() && name.charAt(dimensions) == '[') {
			dimensions++;
		}
		String element = name.substring(dimensions);
		if (dimensions > 0 && element.length() == 1 && PRIMITIVES.indexOf(element.charAt(0)) >= 0) {
			element = primitive(element.charAt(0));
		}
		else if (dimensions > 0 && element.startsWith("L") && element.endsWith(";")) {
			element = element.substring(1, element.length() - 1);
		}
		String bare = NUMBER.matcher(ADDRESS.matcher(element).replaceFirst("")).replaceFirst("");
		return bare + "[]".repeat(dimensions);
	}

	private static String primitive(char letter) {
		return switch (letter) {
			case 'Z' -> "boolean";
			case 'B' -> "byte";
			case 'C' -> "char";
			case 'S' -> "short";
			case 'I' -> "int";
			case 'J' -> "long";
			case 'F' -> "float";
			default -> "double";
		};
	}

	/**
	 * One class.
	 *
	 * @param name its name
	 * @param module the module it is in, if that has a name
	 * @param instances how many objects there are
	 * @param bytes how much memory they take
	 */
	record Entry(String name, String module, long instances, long bytes) {

		Entry plus(Entry other) {
			return new Entry(this.name, this.module, this.instances + other.instances, this.bytes + other.bytes);
		}

		String packageName() {
			int end = this.name.indexOf('[');
			String element = (end >= 0) ? this.name.substring(0, end) : this.name;
			int dot = element.lastIndexOf('.');
			return (dot >= 0) ? element.substring(0, dot) : (end >= 0) ? "(arrays)" : "(none)";
		}

	}

}
