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

/**
 * Streams of keys, such as client addresses, of which only sketches are kept. A stream
 * comes into being with its first key. Bounded: at most {@value #MAX_SKETCHES} streams,
 * each of about 200 KiB when full, and keys of at most {@value #MAX_KEY_LENGTH}
 * characters, the rest of which is cut off. Thread-safe.
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

	/**
	 * Creates an empty set of streams.
	 */
	public Sketches() {
	}

	/**
	 * Adds a key to a stream.
	 * @param name the stream's name; one of few, known when the code is written
	 * @param key the key
	 * @throws IllegalStateException if it would be one stream too many
	 */
	public void offer(String name, String key) {
		Sketch sketch = this.sketches.get(name);
		if (sketch == null) {
			sketch = create(name);
		}
		sketch.offer((key.length() <= MAX_KEY_LENGTH) ? key : key.substring(0, MAX_KEY_LENGTH));
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
	 * Forgets all streams; each comes into being again with its next key.
	 */
	public void reset() {
		synchronized (this.sketches) {
			this.sketches.clear();
		}
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
