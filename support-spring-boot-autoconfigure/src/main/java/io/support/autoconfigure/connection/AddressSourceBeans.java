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

package io.support.autoconfigure.connection;

import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import reactor.core.publisher.Flux;

import io.support.connection.Address;
import io.support.connection.AddressSource;

/**
 * All sources of addresses among the beans. They are looked up when all beans are there
 * and not before, because a source may be made with an HTTP client, which is made with
 * the groups.
 */
final class AddressSourceBeans implements SmartInitializingSingleton {

	private final ListableBeanFactory beans;

	private volatile List<AddressSource> sources = List.of();

	AddressSourceBeans(ListableBeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.sources = this.beans.getBeanProvider(AddressSource.class).orderedStream().toList();
	}

	/**
	 * Returns the sources as one, which knows nothing before all beans are there.
	 * @return one source, or none if there are no beans of that type
	 */
	List<AddressSource> sources() {
		boolean any = this.beans.getBeanNamesForType(AddressSource.class, true, false).length > 0;
		return any ? List.of(new All()) : List.of();
	}

	private final class All implements AddressSource {

		@Override
		public boolean knows(String group) {
			for (AddressSource source : AddressSourceBeans.this.sources) {
				if (source.knows(group)) {
					return true;
				}
			}
			return false;
		}

		@Override
		public Flux<List<List<Address>>> addresses(String group) {
			return Flux.fromIterable(AddressSourceBeans.this.sources)
				.filter((source) -> source.knows(group))
				.take(1)
				.concatMap((source) -> source.addresses(group));
		}

	}

}
