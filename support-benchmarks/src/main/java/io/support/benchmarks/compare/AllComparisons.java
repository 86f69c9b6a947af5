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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Everything that this project promises, measured one after the other. It takes hours.
 */
public final class AllComparisons {

	private static final String RIVALS = "stock,support,max-connections,concurrency-limits,tomcat-virtual";

	private AllComparisons() {
	}

	/**
	 * Runs all comparisons with their defaults.
	 * @param arguments options that all of them have, such as {@code --java-home} and
	 * {@code --repeats}
	 * @throws IOException if a process cannot be started, or ends early
	 */
	public static void main(String... arguments) throws IOException {
		OverloadComparison.main(with(arguments, "--contenders", RIVALS));
		OverloadComparison.main(with(arguments, "--contenders", RIVALS + ",support-virtual", "--scenarios",
				"cpu,io,virtual", "--levels", "2,10"));
		PriorityComparison.main(with(arguments, "--contenders", "stock,support,concurrency-limits"));
		RecoveryComparison.main(with(arguments, "--contenders", RIVALS));
		RefusalComparison.main(arguments);
		BlockedLoopComparison.main(arguments);
		UnloadedComparison.main(arguments);
	}

	/*
	 * Of options that are given twice the last one counts: the user's.
	 */
	private static String[] with(String[] options, String... first) {
		List<String> all = new ArrayList<>(Arrays.asList(first));
		all.addAll(Arrays.asList(options));
		return all.toArray(String[]::new);
	}

}
