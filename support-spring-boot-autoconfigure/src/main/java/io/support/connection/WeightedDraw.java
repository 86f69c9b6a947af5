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

package io.support.connection;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Draws one after the other, each with a probability proportional to its weight among
 * those that are left: weighted random sampling without replacement. What nobody asks for
 * is not drawn, as most requests need the first one only. Not thread-safe.
 *
 * @param <T> what is drawn
 */
final class WeightedDraw<T> implements Iterator<T> {

	private final List<T> left;

	private final int[] weights;

	private final RandomGenerator random;

	private long total;

	/**
	 * Creates a draw.
	 * @param all what is drawn from, not changed
	 * @param weight the weight of each, at least 1
	 * @param random decides
	 */
	WeightedDraw(List<T> all, ToIntFunction<? super T> weight, RandomGenerator random) {
		this.left = new ArrayList<>(all);
		this.weights = new int[all.size()];
		for (int i = 0; i < this.weights.length; i++) {
			this.weights[i] = weight.applyAsInt(this.left.get(i));
			this.total += this.weights[i];
		}
		this.random = random;
	}

	@Override
	public boolean hasNext() {
		return !this.left.isEmpty();
	}

	@Override
	public T next() {
		int last = this.left.size() - 1;
		if (last < 0) {
			throw new NoSuchElementException();
		}
		int drawn = (last == 0) ? 0 : draw();
		T next = this.left.get(drawn);
		this.total -= this.weights[drawn];
		this.left.set(drawn, this.left.get(last));
		this.weights[drawn] = this.weights[last];
		this.left.remove(last);
		return next;
	}

	private int draw() {
		long point = this.random.nextLong(this.total);
		int index = 0;
		while (point >= this.weights[index]) {
			point -= this.weights[index];
			index++;
		}
		return index;
	}

}
