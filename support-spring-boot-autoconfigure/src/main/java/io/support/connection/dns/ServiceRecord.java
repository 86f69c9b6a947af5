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

package io.support.connection.dns;

import java.util.Comparator;

/**
 * Where one instance of a service is, as an SRV record says (RFC 2782).
 *
 * @param priority those with the lowest are to be tried first
 * @param weight how often it is to be chosen, relative to others of its priority; 0 for
 * hardly ever
 * @param port its port
 * @param target its host
 */
public record ServiceRecord(int priority, int weight, int port, String target) implements Comparable<ServiceRecord> {

	private static final Comparator<ServiceRecord> ORDER = Comparator.comparingInt(ServiceRecord::priority)
		.thenComparing(ServiceRecord::target)
		.thenComparingInt(ServiceRecord::port)
		.thenComparingInt(ServiceRecord::weight);

	@Override
	public int compareTo(ServiceRecord other) {
		return ORDER.compare(this, other);
	}

}
