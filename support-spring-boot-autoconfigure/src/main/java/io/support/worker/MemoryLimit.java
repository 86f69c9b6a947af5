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

package io.support.worker;

/**
 * Decides from samples of a size whether it has crossed a limit: when enough samples in a
 * row lie above it, so that a peak does not count. Crossed is crossed until a sample lies
 * at the limit or below. Not thread-safe.
 */
final class MemoryLimit {

	private final long limitBytes;

	private final int samplesInARow;

	private int above;

	MemoryLimit(long limitBytes, int samplesInARow) {
		this.limitBytes = limitBytes;
		this.samplesInARow = samplesInARow;
	}

	/**
	 * Takes a sample.
	 * @param bytes the size
	 * @return whether the limit has been crossed with this sample
	 */
	boolean crossedWith(long bytes) {
		if (bytes <= this.limitBytes) {
			this.above = 0;
			return false;
		}
		if (this.above > this.samplesInARow) {
			return false;
		}
		this.above++;
		return this.above == this.samplesInARow;
	}

}
