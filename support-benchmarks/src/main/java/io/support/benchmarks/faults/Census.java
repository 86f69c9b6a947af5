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

package io.support.benchmarks.faults;

/**
 * What the peers of one site have seen, all of them together. Belongs to their loop.
 */
final class Census {

	private final byte[] seen;

	private long connects;

	private long requests;

	private long twice;

	private long queries;

	/**
	 * Creates a census.
	 * @param calls how many different calls there are at most; of further ones it is not
	 * known whether they were seen before
	 */
	Census(int calls) {
		this.seen = new byte[calls];
	}

	void connected() {
		this.connects++;
	}

	void asked() {
		this.queries++;
	}

	/**
	 * Counts a request.
	 * @param call the number of the call that it belongs to, from 0
	 * @return how many requests there have been, with this one
	 */
	long requested(int call) {
		this.requests++;
		if (call >= 0 && call < this.seen.length && this.seen[call] < 2 && ++this.seen[call] == 2) {
			this.twice++;
		}
		return this.requests;
	}

	PeerCounts counts() {
		return new PeerCounts(this.connects, this.requests, this.twice, this.queries);
	}

}
