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

package io.support.meta;

import java.time.Instant;
import java.util.Map;

/**
 * Which process it is.
 *
 * @param pid the process id
 * @param startedAt when the JVM was started
 * @param uptimeMillis for how long it has been running
 * @param availability what the application says of its own state, by name
 * @param jvm which JVM it is
 */
record ProcessFacts(long pid, Instant startedAt, long uptimeMillis, Map<String, String> availability, Jvm jvm) {

	/**
	 * Which JVM it is.
	 *
	 * @param name the name of the virtual machine
	 * @param version its version
	 * @param vendor who made it
	 */
	record Jvm(String name, String version, String vendor) {

	}

}
