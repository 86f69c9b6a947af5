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

package io.support.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A small text file in which Linux tells something (proc(5), cgroups(7)). What cannot be
 * read is empty: the platform may be another one, the kernel older or the file not
 * permitted.
 *
 * @param path where it is
 */
public record ProcFile(Path path) {

	private static final Pattern BLANKS = Pattern.compile("\\s+");

	private static final Pattern KEY_END = Pattern.compile(":\\s*|\\s+");

	private static final long KIB = 1024;

	/**
	 * Names a file.
	 * @param first the path, or its beginning
	 * @param more further parts of the path
	 * @return the file, which need not exist
	 */
	public static ProcFile of(String first, String... more) {
		return new ProcFile(Path.of(first, more));
	}

	/**
	 * Returns all of the text.
	 * @return the text without blanks at its ends; {@code null} if it cannot be read
	 */
	public @Nullable String text() {
		try {
			// A name in it may be any bytes.
			return new String(Files.readAllBytes(this.path), StandardCharsets.UTF_8).strip();
		}
		catch (IOException | SecurityException ex) {
			return null;
		}
	}

	/**
	 * Returns the lines.
	 * @return the lines; empty if the file cannot be read
	 */
	public List<String> lines() {
		String text = text();
		return (text != null) ? text.lines().toList() : List.of();
	}

	/**
	 * Returns the one number that the file holds.
	 * @return the number; {@code null} if it holds something else, such as {@code max}
	 */
	public @Nullable Long number() {
		return number(text());
	}

	/**
	 * Returns the fields of a file that has one in each line: {@code VmRSS: 1 kB},
	 * {@code nr_throttled 3}.
	 * @return the values by their names, in their order
	 */
	public Map<String, String> fields() {
		Map<String, String> fields = new LinkedHashMap<>();
		for (String line : lines()) {
			String[] parts = KEY_END.split(line, 2);
			if (parts.length == 2) {
				fields.put(parts[0], parts[1].strip());
			}
		}
		return fields;
	}

	/**
	 * Returns the counters of a file that has their names in one line and their values in
	 * the next one, both with the same prefix: {@code Tcp: RetransSegs} and
	 * {@code Tcp: 3}.
	 * @param prefix the prefix without its colon
	 * @return the values by their names
	 */
	public Map<String, Long> counters(String prefix) {
		List<String> lines = lines().stream().filter((line) -> line.startsWith(prefix + ':')).toList();
		Map<String, Long> counters = new LinkedHashMap<>();
		if (lines.size() == 2) {
			String[] names = BLANKS.split(lines.get(0), -1);
			String[] values = BLANKS.split(lines.get(1), -1);
			for (int i = 1; i < Math.min(names.length, values.length); i++) {
				Long value = number(values[i]);
				if (value != null) {
					counters.put(names[i], value);
				}
			}
		}
		return counters;
	}

	/**
	 * Returns the counters of a line that has names and values in turn:
	 * {@code TCP: inuse 12 orphan 0}.
	 * @param prefix the beginning of the line, without its colon
	 * @return the values by their names
	 */
	public Map<String, Long> pairs(String prefix) {
		Map<String, Long> pairs = new LinkedHashMap<>();
		for (String line : lines()) {
			if (line.startsWith(prefix + ':')) {
				String[] words = BLANKS.split(line, -1);
				for (int i = 1; i < words.length - 1; i += 2) {
					Long value = number(words[i + 1]);
					if (value != null) {
						pairs.put(words[i], value);
					}
				}
			}
		}
		return pairs;
	}

	/**
	 * Reads a number.
	 * @param text digits; {@code null} for nothing
	 * @return the number; {@code null} if it is none
	 */
	public static @Nullable Long number(@Nullable String text) {
		try {
			return (text != null) ? Long.valueOf(text.strip()) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Reads a size in kibibytes, as it is in {@code /proc/self/status}.
	 * @param text such as {@code 123 kB}; {@code null} for nothing
	 * @return the size in bytes; {@code null} if it is none
	 */
	public static @Nullable Long bytes(@Nullable String text) {
		Long kibibytes = (text != null && text.endsWith(" kB")) ? number(text.substring(0, text.length() - 3)) : null;
		return (kibibytes != null) ? kibibytes * KIB : null;
	}

}
