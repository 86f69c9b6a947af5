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

package io.support.connection;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Addresses of the same preference, as they are configured: either named one by one, or
 * all instances of a service that DNS knows.
 */
public sealed interface AddressTier {

	/**
	 * Addresses that are named one by one. Host names among them stand for all of their
	 * addresses.
	 *
	 * @param addresses the addresses, at least one
	 */
	record Addresses(List<Address> addresses) implements AddressTier {

		/**
		 * Creates a tier.
		 * @param addresses the addresses, at least one
		 */
		public Addresses {
			addresses = List.copyOf(addresses);
		}

	}

	/**
	 * The instances of a service, from SRV records. Those of the lowest priority become
	 * the first tier, those of the next one the second, and so on.
	 *
	 * @param name the name that DNS is asked for, such as
	 * {@code _http._tcp.orders.example}
	 */
	record Service(String name) implements AddressTier {

		/**
		 * How a service is told from an address where both are written.
		 */
		public static final String PREFIX = "srv:";

		private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?");

		/**
		 * Creates a tier.
		 * @param name the name that DNS is asked for
		 * @throws IllegalArgumentException if it is no name of DNS
		 */
		public Service {
			if (!NAME.matcher(name).matches()) {
				throw new IllegalArgumentException(
						"a service is srv: and a name of DNS, as in srv:_http._tcp.orders.example");
			}
		}

	}

}
