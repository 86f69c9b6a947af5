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

import io.support.benchmarks.faults.Exchange.End;

/**
 * Cuts the connection in the middle of some of the answers.
 *
 * @param every one out of so many at the whole site
 * @param end how the connection is cut
 */
record Tearing(int every, End end) implements Behaviour {

	@Override
	public void answer(Exchange exchange) {
		if (exchange.number() % this.every == 0) {
			exchange.respondInPart(this.end);
		}
		else {
			exchange.respond();
		}
	}

}
