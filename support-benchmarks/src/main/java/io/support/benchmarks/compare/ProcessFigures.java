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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What Linux knows of a process.
 *
 * @param pid its id
 */
record ProcessFigures(long pid) {

	/**
	 * The unit of times in {@code /proc}: USER_HZ, which is 100 on every platform that a
	 * JDK is made for.
	 */
	private static final long TICKS_PER_SECOND = 100;

	/**
	 * Returns the processor time that the process has used, its own and the kernel's.
	 * @return the time
	 * @throws IOException if the process has ended
	 */
	Duration cpu() throws IOException {
		return cpu(Files.readString(directory().resolve("stat")));
	}

	/*
	 * The second field is the name in parentheses, which may have blanks and parentheses
	 * itself; utime and stime are fields 14 and 15.
	 */
	static Duration cpu(String stat) {
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
		return Duration.ofMillis((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1000 / TICKS_PER_SECOND);
	}

	/**
	 * Returns how many descriptors are open.
	 * @return the number
	 * @throws IOException if the process has ended
	 */
	int descriptors() throws IOException {
		try (Stream<Path> descriptors = Files.list(directory().resolve("fd"))) {
			return (int) descriptors.count();
		}
	}

	private Path directory() {
		return Path.of("/proc", Long.toString(this.pid));
	}

}
