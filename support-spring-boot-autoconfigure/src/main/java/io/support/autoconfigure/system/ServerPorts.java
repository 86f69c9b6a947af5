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

package io.support.autoconfigure.system;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.util.StringUtils;

import io.support.context.SocketOwner;

/**
 * Knows which ports are those of the application's web servers: that of requests, and
 * that of the management server.
 */
final class ServerPorts implements SocketOwner, ApplicationListener<WebServerInitializedEvent> {

	/** As many as there are web servers. */
	private volatile Map<Integer, String> ports = Map.of();

	@Override
	public synchronized void onApplicationEvent(WebServerInitializedEvent event) {
		int port = event.getWebServer().getPort();
		if (port > 0) {
			String namespace = WebServerApplicationContext.getServerNamespace(event.getApplicationContext());
			Map<Integer, String> ports = new TreeMap<>(this.ports);
			ports.put(port, StringUtils.hasText(namespace) ? namespace + " server" : "server");
			this.ports = ports;
		}
	}

	@Override
	public void forEachSocket(Sockets sockets) {
		this.ports.forEach((port, server) -> sockets.add(new InetSocketAddress(port), null, server));
	}

}
