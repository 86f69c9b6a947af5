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

import io.netty.channel.Channel;
import io.netty.handler.logging.LogLevel;
import io.netty.handler.logging.LoggingHandler;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelMetricsRecorder;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;
import reactor.netty.transport.ClientTransportConfig;

/**
 * How raw connections of a group are opened: as those of its HTTP client are, on the same
 * loops, with the same resolution of names, address filter, options and observers, but
 * without HTTP.
 */
final class RawTransportConfig extends ClientTransportConfig<HttpClientConfig> {

	private final @Nullable SslProvider ssl;

	private RawTransportConfig(HttpClientConfig http, @Nullable SslProvider ssl) {
		super(http);
		this.ssl = ssl;
	}

	/**
	 * Makes a configuration. There is no scheme that would say whether TLS is spoken: it
	 * is if the group has a bundle.
	 * @param http that of the group's HTTP client
	 * @param tls the TLS of the group
	 * @return the configuration
	 */
	static RawTransportConfig of(HttpClientConfig http, GroupSettings.Tls tls) {
		return new RawTransportConfig(http, (tls.bundle() != null) ? http.sslProvider() : null);
	}

	/**
	 * Returns what observes each connection.
	 * @return the observers of the HTTP client that do not ask for HTTP
	 */
	ConnectionObserver observer() {
		return defaultConnectionObserver().then(connectionObserver());
	}

	AddressResolverGroup<?> resolvers() {
		return resolverInternal();
	}

	@Override
	public ChannelOperations.OnSetup channelOperationsProvider() {
		return (connection, listener, message) -> new RawOperations(connection, listener);
	}

	@Override
	protected ChannelPipelineConfigurer defaultOnChannelInit() {
		return super.defaultOnChannelInit().then((observer, channel, remote) -> {
			if (this.ssl != null) {
				this.ssl.addSslHandler(channel, remote, false);
			}
			watch(channel);
		});
	}

	private static void watch(Channel channel) {
		channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, RawWatch.NAME, new RawWatch());
	}

	@Override
	protected AddressResolverGroup<?> defaultAddressResolverGroup() {
		return HttpResources.get().getOrCreateDefaultResolver();
	}

	@Override
	protected LoggingHandler defaultLoggingHandler() {
		return new LoggingHandler(ManagedConnection.class, LogLevel.DEBUG);
	}

	@Override
	protected LoopResources defaultLoopResources() {
		return HttpResources.get();
	}

	@Override
	protected ChannelMetricsRecorder defaultMetricsRecorder() {
		throw new UnsupportedOperationException("The recorder is that of the HTTP client");
	}

}
