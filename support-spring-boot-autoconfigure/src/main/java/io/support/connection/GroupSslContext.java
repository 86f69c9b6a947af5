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
import java.util.Set;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider;

/**
 * TLS to the addresses of a group, with what is in its bundle when a connection is
 * opened. The hosts that a redirect leads to are none of the group's: they get what they
 * would get without it, and see no key of the bundle.
 * <p>
 * A connection that is open stays open when the bundle changes. A bundle that cannot be
 * used is logged, and the one before it remains in use.
 */
final class GroupSslContext extends SslContext {

	private static final Log logger = LogFactory.getLog(GroupSslContext.class);

	private final GroupSettings settings;

	private final Set<String> names;

	private final TlsBundles bundles;

	private final SslContext others;

	private volatile SslContext own;

	private GroupSslContext(GroupSettings settings, Set<String> names, TlsBundles bundles, SslContext others) {
		this.settings = settings;
		this.names = names;
		this.bundles = bundles;
		this.others = others;
		this.own = build();
	}

	/**
	 * Gives a client the TLS of its group.
	 * @param client the client, with the TLS of the application's stock client
	 * @param settings the settings of the group
	 * @param names the names of the group
	 * @param bundles the bundles
	 * @return the client, which verifies that a peer is who the group's name says; the
	 * same client if the stock client's TLS is what the group wants
	 */
	static HttpClient secure(HttpClient client, GroupSettings settings, Set<String> names, TlsBundles bundles) {
		String bundle = settings.tls().bundle();
		if (bundle == null && settings.protocol() != Protocol.H2) {
			return client;
		}
		SslProvider stock = client.configuration().sslProvider();
		GroupSslContext context = new GroupSslContext(settings, names, bundles,
				((stock != null) ? stock : SslProvider.defaultClientProvider()).getSslContext());
		if (bundle != null) {
			bundles.whenUpdated(bundle, context::update);
		}
		return client.secure((spec) -> spec.sslContext(context));
	}

	private SslContext build() {
		SslContextBuilder builder = this.bundles.begin(this.settings.tls().bundle());
		if (this.settings.protocol() == Protocol.H2) {
			builder.applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
					SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT,
					ApplicationProtocolNames.HTTP_2));
		}
		try {
			return builder.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("Group '" + this.settings.group().name() + "' cannot use TLS as "
					+ this.settings.tls() + " says: " + ex.getMessage(), ex);
		}
	}

	private void update() {
		try {
			this.own = build();
		}
		catch (RuntimeException ex) {
			logger.warn(this.settings.group().name() + ": the new content of bundle '" + this.settings.tls().bundle()
					+ "' cannot be used, the old one remains", ex);
		}
	}

	private SslContext of(String host) {
		return this.names.contains(ConnectionManager.key(host)) ? this.own : this.others;
	}

	@Override
	public boolean isClient() {
		return true;
	}

	@Override
	public List<String> cipherSuites() {
		return this.own.cipherSuites();
	}

	@Override
	@SuppressWarnings("deprecation") // every context has one
	public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
		return this.own.applicationProtocolNegotiator();
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator alloc) {
		return this.others.newEngine(alloc);
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator alloc, String peerHost, int peerPort) {
		return of(peerHost).newEngine(alloc, peerHost, peerPort);
	}

	@Override
	protected SslHandler newHandler(ByteBufAllocator alloc, @Nullable String peerHost, int peerPort, boolean startTls) {
		return ((peerHost != null) ? of(peerHost) : this.others).newHandler(alloc, peerHost, peerPort);
	}

	@Override
	public SSLSessionContext sessionContext() {
		return this.own.sessionContext();
	}

}
