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

package io.support.benchmarks.server;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What else one could do against overload. Nothing of it is active unless asked for.
 */
@Configuration(proxyBeanMethods = false)
class RivalConfiguration {

	@Bean
	@ConditionalOnProperty("benchmark.max-connections")
	NettyServerCustomizer maxConnections(@Value("${benchmark.max-connections}") int maxConnections) {
		return (server) -> server.maxConnections(maxConnections);
	}

	@Bean
	@ConditionalOnProperty("benchmark.limit")
	LimitFilter limitFilter(@Value("${benchmark.limit}") String limit) {
		return LimitFilter.of(limit);
	}

}
