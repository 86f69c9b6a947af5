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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a name: its records, or why there are none, or nothing at all as long
 * as DNS has not answered for the first time.
 *
 * @param records the records, in an order that is the same for the same records
 * @param failure why there are none
 * @param <T> the type of the records
 */
public record DnsAnswer<T>(List<T> records, @Nullable Throwable failure) {

	static <T> DnsAnswer<T> pending() {
		return new DnsAnswer<>(List.of(), null);
	}

	static <T> DnsAnswer<T> of(List<T> records) {
		return new DnsAnswer<>(List.copyOf(records), null);
	}

	static <T> DnsAnswer<T> failed(Throwable failure) {
		return new DnsAnswer<>(List.of(), failure);
	}

	/**
	 * Says whether DNS is yet to answer for the first time.
	 * @return whether there are neither records nor a reason for that
	 */
	public boolean isPending() {
		return this.records.isEmpty() && this.failure == null;
	}

}
