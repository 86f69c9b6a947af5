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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;

import io.support.connection.ConnectionManager;
import io.support.connection.client.GroupClientHttpRequestFactory;

/**
 * Builds factories that know the groups, and leave other hosts to what Spring Boot would
 * have built.
 */
final class GroupClientHttpRequestFactoryBuilder
		implements ClientHttpRequestFactoryBuilder<GroupClientHttpRequestFactory> {

	private final ConnectionManager manager;

	private final ClientHttpRequestFactoryBuilder<?> others;

	private GroupClientHttpRequestFactoryBuilder(ConnectionManager manager, ClientHttpRequestFactoryBuilder<?> others) {
		this.manager = manager;
		this.others = others;
	}

	/**
	 * Lets what a builder builds know the groups.
	 * @param manager knows the groups
	 * @param others the builder for all other hosts
	 * @return the builder itself if there can be no group
	 */
	static ClientHttpRequestFactoryBuilder<?> of(ConnectionManager manager, ClientHttpRequestFactoryBuilder<?> others) {
		boolean useful = !manager.names().isEmpty() || manager.hasSources();
		return useful ? new GroupClientHttpRequestFactoryBuilder(manager, others) : others;
	}

	@Override
	public GroupClientHttpRequestFactory build(@Nullable HttpClientSettings settings) {
		return new GroupClientHttpRequestFactory(this.manager, this.others.build(settings));
	}

}
