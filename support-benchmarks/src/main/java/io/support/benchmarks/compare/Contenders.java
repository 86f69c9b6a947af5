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

package io.support.benchmarks.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The contenders by name. A further one is added here.
 */
final class Contenders {

	private static final List<Contender> ALL = List.of(new StockContender(), new SupportContender());

	private Contenders() {
	}

	/**
	 * Returns contenders.
	 * @param names their names, with commas between them
	 * @return the contenders in this order
	 */
	static List<Contender> named(String names) {
		return Arrays.stream(names.split(",")).map((name) -> named(name.trim(), ALL)).toList();
	}

	private static Contender named(String name, List<Contender> all) {
		return all.stream()
			.filter((contender) -> contender.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"A contender is one of " + all.stream().map(Contender::name).toList() + ", was: " + name));
	}

	/**
	 * Returns the order of one repeat: every second one is the other way round, so that a
	 * machine that gets slower does not always harm the same contender.
	 * @param contenders the contenders
	 * @param repeat counted from 1
	 * @return the contenders in the order of the repeat
	 */
	static List<Contender> inTurn(List<Contender> contenders, int repeat) {
		List<Contender> order = new ArrayList<>(contenders);
		if (repeat % 2 == 0) {
			Collections.reverse(order);
		}
		return order;
	}

}
