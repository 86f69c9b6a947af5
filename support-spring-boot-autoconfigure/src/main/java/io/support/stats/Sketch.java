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

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.clearspring.analytics.hash.MurmurHash;
import com.clearspring.analytics.stream.StreamSummary;
import com.clearspring.analytics.stream.cardinality.HyperLogLogPlus;

/**
 * What can be said of a stream of keys in bounded memory: how many there were, how many
 * different ones (HyperLogLog++, about 1 % off), and which came most often (Space-Saving,
 * with the error of each count). Thread-safe: stream-lib's structures are not, so they
 * are guarded, for less than a microsecond a key.
 */
final class Sketch {

	/**
	 * 2<sup>14</sup> registers of 6 bits: 12 KiB once the sparse form is full, and a
	 * standard error of 0.8 %.
	 */
	private static final int PRECISION = 14;

	private static final int SPARSE_PRECISION = 20;

	/**
	 * A key with more than this share of the stream is certainly among the counted ones:
	 * one in a thousand.
	 */
	static final int COUNTED_KEYS = 1000;

	static final int SHOWN_KEYS = 20;

	private HyperLogLogPlus distinct = new HyperLogLogPlus(PRECISION, SPARSE_PRECISION);

	private StreamSummary<String> top = new StreamSummary<>(COUNTED_KEYS);

	private long total;

	void offer(String key) {
		// Not hash64(Object): its bytes depend on the platform's charset.
		byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
		long hash = MurmurHash.hash64(bytes, bytes.length);
		synchronized (this) {
			this.total++;
			this.distinct.offerHashed(hash);
			this.top.offer(key);
		}
	}

	synchronized void reset() {
		this.total = 0;
		this.distinct = new HyperLogLogPlus(PRECISION, SPARSE_PRECISION);
		this.top = new StreamSummary<>(COUNTED_KEYS);
	}

	SketchSnapshot snapshot(String name) {
		synchronized (this) {
			return new SketchSnapshot(name, this.total, this.distinct.cardinality(), counted(SHOWN_KEYS));
		}
	}

	SketchState state(String name) {
		synchronized (this) {
			return SketchState.of(name, this.total, this.distinct, counted(COUNTED_KEYS));
		}
	}

	private List<SketchSnapshot.Element> counted(int limit) {
		return this.top.topK(limit)
			.stream()
			.map((counter) -> new SketchSnapshot.Element(counter.getItem(), counter.getCount(), counter.getError()))
			.toList();
	}

}
