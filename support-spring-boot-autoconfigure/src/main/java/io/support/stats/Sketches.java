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

package io.support.stats;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * Streams of keys, such as client addresses, of which only sketches are kept. A stream
 * comes into being with its first key. Bounded: at most {@value #MAX_SKETCHES} streams,
 * and keys of at most {@value #MAX_KEY_LENGTH} characters, the rest of which is cut off.
 * A stream takes 200 KiB if its keys are as long as a UUID, for a while 240 KiB, and 700
 * KiB if they are as long as they can be. Thread-safe.
 */
public final class Sketches {

	/**
	 * How many streams there may be.
	 */
	public static final int MAX_SKETCHES = 32;

	/**
	 * How much of a key is looked at.
	 */
	public static final int MAX_KEY_LENGTH = 256;

	private final Map<String, Sketch> sketches = new ConcurrentSkipListMap<>();

	private final MeterNames names;

	/**
	 * Creates an empty set of streams.
	 */
	public Sketches() {
		this(MeterNames.ALL);
	}

	/**
	 * Creates an empty set of streams.
	 * @param names the names of the streams that are kept; of others nothing is
	 */
	public Sketches(MeterNames names) {
		this.names = names;
	}

	/**
	 * Creates a set of streams of which nothing is kept.
	 * @return a set that stays empty
	 */
	public static Sketches none() {
		return new Sketches(new MeterNames(List.of(), List.of("*")));
	}

	/**
	 * Returns a stream, to which keys can be added at the least cost.
	 * @param name the stream's name; one of few, known when the code is written
	 * @return takes keys; thread-safe
	 * @throws IllegalStateException if it would be one stream too many
	 */
	public Consumer<String> stream(String name) {
		if (!this.names.matches(name)) {
			return (key) -> {
			};
		}
		Sketch sketch = find(name);
		return (key) -> sketch.offer(bounded(key));
	}

	/**
	 * Adds a key to a stream.
	 * @param name the stream's name; one of few, known when the code is written
	 * @param key the key
	 * @throws IllegalStateException if it would be one stream too many
	 */
	public void offer(String name, String key) {
		if (this.names.matches(name)) {
			find(name).offer(bounded(key));
		}
	}

	private static String bounded(String key) {
		return (key.length() <= MAX_KEY_LENGTH) ? key : key.substring(0, MAX_KEY_LENGTH);
	}

	private Sketch find(String name) {
		Sketch sketch = this.sketches.get(name);
		return (sketch != null) ? sketch : create(name);
	}

	private Sketch create(String name) {
		synchronized (this.sketches) {
			Sketch present = this.sketches.get(name);
			if (present != null) {
				return present;
			}
			if (this.sketches.size() >= MAX_SKETCHES) {
				throw new IllegalStateException("No room for sketch '" + name + "': there are " + MAX_SKETCHES
						+ "; names of sketches must not come from outside");
			}
			Sketch created = new Sketch();
			this.sketches.put(name, created);
			return created;
		}
	}

	/**
	 * Forgets all keys.
	 */
	public void reset() {
		this.sketches.values().forEach(Sketch::reset);
	}

	/**
	 * Returns what is known about a stream.
	 * @param name the stream's name
	 * @return its sketch, or empty if there has been no key
	 */
	public Optional<SketchSnapshot> snapshot(String name) {
		return Optional.ofNullable(this.sketches.get(name)).map((sketch) -> sketch.snapshot(name));
	}

	/**
	 * Returns everything that is known about every stream.
	 * @return the states, by name
	 */
	public List<SketchState> states() {
		return this.sketches.entrySet().stream().map((entry) -> entry.getValue().state(entry.getKey())).toList();
	}

	/**
	 * Returns what is known about every stream.
	 * @return the sketches, by name
	 */
	public List<SketchSnapshot> snapshots() {
		return this.sketches.entrySet().stream().map((entry) -> entry.getValue().snapshot(entry.getKey())).toList();
	}

}
