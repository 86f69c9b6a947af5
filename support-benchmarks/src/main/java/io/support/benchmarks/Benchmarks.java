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

package io.support.benchmarks;

import java.util.Arrays;

import io.support.benchmarks.compare.AllComparisons;
import io.support.benchmarks.compare.BlockedLoopComparison;
import io.support.benchmarks.compare.MetaComparison;
import io.support.benchmarks.compare.OverloadComparison;
import io.support.benchmarks.compare.PriorityComparison;
import io.support.benchmarks.compare.RecoveryComparison;
import io.support.benchmarks.compare.RefusalComparison;
import io.support.benchmarks.compare.TimeoutComparison;
import io.support.benchmarks.compare.UnloadedComparison;
import io.support.benchmarks.faults.FaultComparison;
import io.support.benchmarks.load.LoadCommand;

/**
 * The one command of this module.
 */
public final class Benchmarks {

	private static final String USAGE = """
			all [--repeats 3] ...                       everything below but faults, load and jmh; takes hours
			overload [--seconds 12] [--repeats 1] ...   goodput beyond capacity, side by side
			priority [--level 4] ...                    what becomes of critical requests
			recovery [--seconds 30] ...                 how long a burst is felt
			refusals [--refusals 1000000] ...           what a refusal costs, and what is left of many
			blocked-loop [--repeats 1] ...              what new connections notice of a blocked loop
			unloaded [--slices 8] [--repeats 3] ...   what SuPPort costs when nothing is wrong
			meta [--seconds 20] ...                     what the pages cost, and how they do under load
			timeouts [--calls 1000] ...                 when threads are free after a time-out
			faults [--faults refused,mute] ...          what clients make of peers that fail
			load --target URL --rate N ...              one run of the load generator
			jmh [JMH's own options]                     the micro-benchmarks""";

	private Benchmarks() {
	}

	/**
	 * Runs one command.
	 * @param arguments the command and its options
	 * @throws Exception if the command fails
	 */
	public static void main(String[] arguments) throws Exception {
		String command = (arguments.length > 0) ? arguments[0] : "";
		String[] options = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
		try {
			switch (command) {
				case "all" -> AllComparisons.main(options);
				case "overload" -> OverloadComparison.main(options);
				case "priority" -> PriorityComparison.main(options);
				case "recovery" -> RecoveryComparison.main(options);
				case "refusals" -> RefusalComparison.main(options);
				case "blocked-loop" -> BlockedLoopComparison.main(options);
				case "unloaded" -> UnloadedComparison.main(options);
				case "meta" -> MetaComparison.main(options);
				case "timeouts" -> TimeoutComparison.main(options);
				case "faults" -> FaultComparison.main(options);
				case "load" -> LoadCommand.once(options);
				case "load-worker" -> LoadCommand.serve();
				case "jmh" -> org.openjdk.jmh.Main.main(options);
				default -> throw new IllegalArgumentException("Commands:\n" + USAGE);
			}
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
		}
	}

}
