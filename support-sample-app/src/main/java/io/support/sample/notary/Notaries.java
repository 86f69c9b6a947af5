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

package io.support.sample.notary;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import io.support.context.ContextContributor;

/**
 * The notaries of this process. They run from before the application's own server takes
 * requests until after it has answered the last one.
 * <p>
 * It is a {@link ContextContributor} too: that is all it takes for a page of its own in
 * the MetaApplication.
 */
@Component
@ConditionalOnBooleanProperty(name = "sample.notary.enabled", matchIfMissing = true)
class Notaries implements SmartLifecycle, ContextContributor {

	private final List<NotaryServer> servers;

	private volatile boolean running;

	Notaries(NotaryProperties properties, JsonMapper json, Clock clock) {
		this.servers = properties.ports()
			.entrySet()
			.stream()
			.map((port) -> new NotaryServer(port.getKey(), new InetSocketAddress(properties.address(), port.getValue()),
					properties.delay(), properties.cutShare(), json, clock))
			.toList();
	}

	Optional<NotaryServer> find(String name) {
		return this.servers.stream().filter((server) -> server.name().equals(name)).findFirst();
	}

	List<NotaryState> states() {
		return this.servers.stream().map(NotaryServer::state).toList();
	}

	@Override
	public void start() {
		this.servers.forEach(NotaryServer::start);
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.servers.forEach(NotaryServer::stop);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public String name() {
		return "notaries";
	}

	@Override
	public Object snapshot() {
		return Map.of("notaries", states());
	}

}
