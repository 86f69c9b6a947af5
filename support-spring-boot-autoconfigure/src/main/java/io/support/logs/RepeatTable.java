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

package io.support.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Counts how often each of many keys comes, of those that came lately: a table of a fixed
 * size, of which a key has {@value #WAYS} places. When they are taken, the key in them
 * that has not come for the longest time makes room, and its count is added to that of
 * all others. Without locks; two threads that bring the same new key at the same moment
 * may give it two places, which are added up when it is read.
 *
 * @param <K> the type of the keys, immutable
 */
final class RepeatTable<K> {

	private static final int WAYS = 4;

	private final AtomicReferenceArray<@Nullable Repeated<K>> places;

	private final LongAdder others = new LongAdder();

	/**
	 * Creates an empty table.
	 * @param size how many keys fit in, a power of two
	 */
	RepeatTable(int size) {
		this.places = new AtomicReferenceArray<>(size);
	}

	/**
	 * Counts a key.
	 * @param key the key
	 * @param millis the time
	 * @return its counter
	 */
	Repeated<K> count(K key, long millis) {
		int hash = key.hashCode();
		int first = (hash ^ (hash >>> 16)) & (this.places.length() - 1) & -WAYS;
		int oldest = first;
		long oldestMillis = Long.MAX_VALUE;
		for (int i = first; i < first + WAYS; i++) {
			Repeated<K> present = this.places.getAcquire(i);
			if (present != null && present.key.equals(key)) {
				present.add(millis);
				return present;
			}
			long last = (present != null) ? present.lastMillis : Long.MIN_VALUE;
			if (last < oldestMillis) {
				oldest = i;
				oldestMillis = last;
			}
		}
		Repeated<K> created = new Repeated<>(key, millis);
		created.add(millis);
		Repeated<K> replaced = this.places.getAndSet(oldest, created);
		if (replaced != null) {
			this.others.add(replaced.count());
		}
		return created;
	}

	/**
	 * Returns how often keys came that have no place any more.
	 * @return their sum
	 */
	long others() {
		return this.others.sum();
	}

	/**
	 * Returns all that have a place.
	 * @return the counters, in no order
	 */
	List<Repeated<K>> all() {
		List<Repeated<K>> all = new ArrayList<>();
		for (int i = 0; i < this.places.length(); i++) {
			Repeated<K> present = this.places.getAcquire(i);
			if (present != null) {
				all.add(present);
			}
		}
		return all;
	}

	/**
	 * How often one key came.
	 *
	 * @param <K> the type of the key
	 */
	static final class Repeated<K> {

		private static final int KEPT_A_SECOND = 10;

		private final K key;

		private final LongAdder count = new LongAdder();

		private final long firstMillis;

		private volatile long lastMillis;

		private volatile long second;

		private volatile int inSecond;

		Repeated(K key, long millis) {
			this.key = key;
			this.firstMillis = millis;
			this.lastMillis = millis;
		}

		private void add(long millis) {
			this.count.increment();
			this.lastMillis = millis;
		}

		/**
		 * Says whether one more should be kept: of a flood a few a second are enough, so
		 * that it does not wash all others away. Threads may disagree about a few.
		 * @param millis the time
		 * @return whether there were few in this second
		 */
		@SuppressWarnings("NonAtomicVolatileUpdate") // one more or less does not matter
		boolean isWorthKeeping(long millis) {
			long now = millis / 1000;
			if (this.second != now) {
				this.second = now;
				this.inSecond = 0;
			}
			return this.inSecond++ < KEPT_A_SECOND;
		}

		K key() {
			return this.key;
		}

		long count() {
			return this.count.sum();
		}

		long firstMillis() {
			return this.firstMillis;
		}

		long lastMillis() {
			return this.lastMillis;
		}

	}

}
