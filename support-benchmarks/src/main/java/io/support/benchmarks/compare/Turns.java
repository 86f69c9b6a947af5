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

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.support.benchmarks.CommandLine;

/**
 * Who is measured when: all contenders in every repeat, so that whatever changes in
 * between changes for all of them.
 *
 * @param contenders who takes part
 * @param clients the ways to connect
 * @param repeats how often
 */
record Turns(List<Contender> contenders, List<Clients> clients, int repeats) {

	/**
	 * Returns the turns that a command asks for.
	 * @param rig where it takes place
	 * @param options the command's options
	 * @param contenders who takes part if it does not say
	 * @param connections the ways to connect if it does not say
	 * @return the turns
	 */
	static Turns of(Rig rig, CommandLine options, String contenders, String connections) {
		return new Turns(rig.admit(Contenders.of(options, contenders), Scenario.LOOP),
				Clients.listed(options.text("connections", connections)), options.integer("repeats", 1));
	}

	/**
	 * Returns how long all turns take.
	 * @param one how long one takes
	 * @return the time
	 */
	Duration times(Duration one) {
		return one.multipliedBy((long) this.repeats * this.clients.size() * this.contenders.size());
	}

	void take(Turn turn) throws IOException {
		for (int repeat = 1; repeat <= this.repeats; repeat++) {
			for (Clients one : this.clients) {
				for (Contender contender : Contenders.inTurn(this.contenders, repeat)) {
					turn.take(contender, one, repeat);
				}
			}
		}
	}

	/**
	 * What is done in each turn.
	 */
	interface Turn {

		/**
		 * Measures one contender once.
		 * @param contender who
		 * @param clients how clients connect
		 * @param repeat counted from 1
		 * @throws IOException if a process cannot be started, or ends early
		 */
		void take(Contender contender, Clients clients, int repeat) throws IOException;

	}

}
