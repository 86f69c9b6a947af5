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

package io.support.overload;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts latencies in buckets, each an eighth of a power of two wide, so that their
 * median is known within 7 %. Of fixed size; thread-safe, without locks.
 */
final class LatencyHistogram {

	/*
	 * About a microsecond: less is the same for everybody.
	 */
	private static final int UNIT_BITS = 10;

	private static final int PARTS_BITS = 3;

	private static final int PARTS = 1 << PARTS_BITS;

	/*
	 * Up to 2^52 ns, which is 52 days.
	 */
	private static final int BUCKETS = (52 - UNIT_BITS - PARTS_BITS + 1) * PARTS;

	private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);

	void record(long nanos) {
		this.counts.incrementAndGet(bucket(nanos));
	}

	/**
	 * Returns the median and forgets everything.
	 * @param minCount how many there must be
	 * @return nanoseconds, positive; 0 if there are fewer
	 */
	long takeMedian(int minCount) {
		int[] taken = new int[BUCKETS];
		long count = 0;
		for (int i = 0; i < BUCKETS; i++) {
			taken[i] = this.counts.getAndSet(i, 0);
			count += taken[i];
		}
		if (count < minCount) {
			return 0;
		}
		int median = 0;
		for (long before = taken[0]; 2 * before < count; before += taken[median]) {
			median++;
		}
		return middle(median);
	}

	private static int bucket(long nanos) {
		long units = Math.max(0, nanos) >> UNIT_BITS;
		if (units < PARTS) {
			return (int) units;
		}
		int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(units) - PARTS_BITS;
		return Math.min(BUCKETS - 1, (shift << PARTS_BITS) + (int) (units >> shift));
	}

	private static long middle(int bucket) {
		if (bucket < PARTS) {
			return bucketStart(bucket, 0) + (1L << UNIT_BITS) / 2;
		}
		int shift = (bucket >> PARTS_BITS) - 1;
		long start = bucketStart(bucket - (shift << PARTS_BITS), shift);
		return start + (1L << (shift + UNIT_BITS)) / 2;
	}

	private static long bucketStart(int units, int shift) {
		return (long) units << (shift + UNIT_BITS);
	}

}
