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

package io.support.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.support.concurrent.OneAtATime;
import io.support.proc.DiagnosticCommand;

/**
 * Searches the classes that the JVM has loaded. The JVM stands still for some
 * milliseconds to list them, so the list is used for a while. Thread-safe.
 */
final class LoadedClasses {

	static final int MAX_FOUND = 200;

	static final Duration USED = Duration.ofSeconds(30);

	/** {@code |  |--java.lang.String/null}, with {@code (intf)} behind it. */
	private static final Pattern LINE = Pattern.compile("(?m)^[| -]*([^\\s|/-][^\\s/]*)\\S*(?: \\(intf\\))?$");

	private final Lister lister;

	private final OneAtATime heavy;

	private final InstantSource time;

	private Listed last = new Listed(Instant.MIN, List.of());

	LoadedClasses(OneAtATime heavy, InstantSource time) {
		this(new Jvm(new DiagnosticCommand("vmClassHierarchy")), heavy, time);
	}

	LoadedClasses(Lister lister, OneAtATime heavy, InstantSource time) {
		this.lister = lister;
		this.heavy = heavy;
		this.time = time;
	}

	/**
	 * Says why there is no list.
	 * @return the reason; {@code null} where there is one
	 */
	@Nullable String unavailable() {
		return this.lister.unavailable();
	}

	/**
	 * Searches.
	 * @param text what the name has in it, in any case
	 * @return what was found
	 * @throws OneAtATime.BusyException if a heavy operation is running
	 * @throws Exception if the JVM refuses
	 */
	Found search(String text) throws Exception {
		String wanted = text.toLowerCase(Locale.ROOT);
		List<String> found = new ArrayList<>();
		int matches = 0;
		for (String name : names()) {
			if (name.toLowerCase(Locale.ROOT).contains(wanted)) {
				matches++;
				if (matches <= MAX_FOUND) {
					found.add(name);
				}
			}
		}
		return new Found(matches, found);
	}

	private synchronized List<String> names() throws Exception {
		Instant now = this.time.instant();
		if (this.last.at.plus(USED).isBefore(now)) {
			this.last = this.heavy.run("list of classes", () -> new Listed(now, parse(this.lister.list())));
		}
		return this.last.names;
	}

	static List<String> parse(String text) {
		TreeSet<String> names = new TreeSet<>();
		Matcher line = LINE.matcher(text);
		while (line.find()) {
			names.add(line.group(1));
		}
		return List.copyOf(names);
	}

	/**
	 * Where the list comes from.
	 */
	interface Lister {

		/**
		 * Says why there is none.
		 * @return the reason; {@code null} where there is one
		 */
		@Nullable String unavailable();

		/**
		 * Makes it.
		 * @return the text
		 */
		String list();

	}

	/**
	 * HotSpot's.
	 */
	private record Jvm(DiagnosticCommand command) implements Lister {

		@Override
		public @Nullable String unavailable() {
			return this.command.unavailable();
		}

		@Override
		public String list() {
			return this.command.run();
		}

	}

	/**
	 * The classes at a time.
	 */
	private record Listed(Instant at, List<String> names) {

	}

	/**
	 * What was found.
	 *
	 * @param matches how many classes there are with such a name
	 * @param names the first of them
	 */
	record Found(int matches, List<String> names) {

	}

}
