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

package io.support.autoconfigure.acceptor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.support.acceptor.ConnectionState;
import io.support.acceptor.ServerConnections;
import io.support.stats.StateMachines;

/**
 * The connections of a Reactor Netty server, for every capability that has to know them.
 * Imported by each of those, and there once.
 */
@Configuration(proxyBeanMethods = false)
public class ServerConnectionsConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServerConnections supportServerConnections(ObjectProvider<StateMachines> machines) {
		return new ServerConnections(
				machines.getIfAvailable(StateMachines::new).create("connections", ConnectionState.class),
				System::nanoTime);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	NettyServerCustomizer supportServerConnectionsCustomizer(ServerConnections connections) {
		return connections::observe;
	}

}
