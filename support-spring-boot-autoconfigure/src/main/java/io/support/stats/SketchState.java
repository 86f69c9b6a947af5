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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.clearspring.analytics.stream.cardinality.CardinalityMergeException;
import com.clearspring.analytics.stream.cardinality.HyperLogLogPlus;

/**
 * Everything that is known about a stream of keys at one moment, as a value that can be
 * written as JSON and be added to that of another process.
 * <p>
 * The number of different keys of both is that of one process that had seen both. Counts
 * of frequent keys are added up as Agarwal et al. do it in <em>Mergeable Summaries</em>
 * (ACM PODS 2012): a key that is not among the counted ones of a process may have come as
 * often as the least of them.
 *
 * @param name the stream's name
 * @param total how many keys came
 * @param distinct the registers of HyperLogLog++, in Base64
 * @param counted the keys that are counted, the most frequent first
 */
public record SketchState(String name, long total, String distinct, List<SketchSnapshot.Element> counted) {

	/**
	 * Keeps a copy of the keys.
	 * @param name the stream's name
	 * @param total how many keys came
	 * @param distinct the registers of HyperLogLog++, in Base64
	 * @param counted the keys that are counted, the most frequent first
	 */
	public SketchState {
		counted = List.copyOf(counted);
	}

	static SketchState of(String name, long total, HyperLogLogPlus distinct, List<SketchSnapshot.Element> counted) {
		try {
			return new SketchState(name, total, Base64.getEncoder().encodeToString(distinct.getBytes()), counted);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Adds what another process knows about the stream.
	 * @param other its state
	 * @return both as one stream
	 * @throws IllegalArgumentException if the other one is no such sketch
	 */
	public SketchState plus(SketchState other) {
		try {
			HyperLogLogPlus both = registers();
			both.addAll(other.registers());
			return of(this.name, this.total + other.total, both, countedWith(other));
		}
		catch (CardinalityMergeException ex) {
			throw new IllegalArgumentException("Sketches of '" + this.name + "' must be of the same precision", ex);
		}
	}

	private HyperLogLogPlus registers() {
		try {
			return HyperLogLogPlus.Builder.build(Base64.getDecoder().decode(this.distinct));
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("The registers of sketch '" + this.name + "' cannot be read", ex);
		}
	}

	private List<SketchSnapshot.Element> countedWith(SketchState other) {
		Map<String, SketchSnapshot.Element> others = new HashMap<>();
		other.counted.forEach((element) -> others.put(element.value(), element));
		Map<String, SketchSnapshot.Element> all = new HashMap<>();
		for (SketchSnapshot.Element element : this.counted) {
			SketchSnapshot.Element same = others.remove(element.value());
			all.put(element.value(), (same != null) ? element.plus(same) : element.plus(other.uncounted(element)));
		}
		others.values().forEach((element) -> all.put(element.value(), element.plus(uncounted(element))));
		return all.values()
			.stream()
			.sorted(Comparator.comparingLong(SketchSnapshot.Element::count).reversed())
			.limit(Sketch.COUNTED_KEYS)
			.toList();
	}

	/*
	 * As long as there is room, what is not counted did not come.
	 */
	private SketchSnapshot.Element uncounted(SketchSnapshot.Element element) {
		long least = (this.counted.size() < Sketch.COUNTED_KEYS) ? 0
				: this.counted.get(this.counted.size() - 1).count();
		return new SketchSnapshot.Element(element.value(), least, least);
	}

	/**
	 * Returns the figures that are made of these.
	 * @return how many keys, how many different ones, and the most frequent
	 */
	public SketchSnapshot summary() {
		return new SketchSnapshot(this.name, this.total, registers().cardinality(),
				this.counted.stream().limit(Sketch.SHOWN_KEYS).toList());
	}

}
