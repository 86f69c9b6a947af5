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
 * What peers have seen.
 *
 * @param connects how many connections they accepted
 * @param requests how many requests reached them
 * @param twice of how many calls they saw more than one request
 * @param queries how many times their name was asked for
 */
record PeerCounts(long connects, long requests, long twice, long queries) {

	static final PeerCounts NONE = new PeerCounts(0, 0, 0, 0);

	PeerCounts since(PeerCounts earlier) {
		return new PeerCounts(this.connects - earlier.connects, this.requests - earlier.requests,
				this.twice - earlier.twice, this.queries - earlier.queries);
	}

}
