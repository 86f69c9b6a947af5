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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;

import io.support.event.Operation;

/**
 * Resolves the logical name of a group to what one of its hosts resolves to. The
 * connection then carries the logical name, which TLS sends as SNI and verifies, and goes
 * to the host.
 */
final class LogicalNameResolverGroup extends AddressResolverGroup<InetSocketAddress> {

	private final String host;

	private final AddressResolverGroup<InetSocketAddress> delegate;

	private final Supplier<Operation> resolutions;

	/**
	 * Creates a group.
	 * @param host what is resolved
	 * @param delegate resolves it
	 * @param resolutions begins what is told how a resolution ends
	 */
	@SuppressWarnings("unchecked")
	LogicalNameResolverGroup(String host, AddressResolverGroup<?> delegate, Supplier<Operation> resolutions) {
		this.resolutions = resolutions;
		this.host = host;
		this.delegate = (AddressResolverGroup<InetSocketAddress>) delegate;
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new LogicalNameResolver(executor, this.host, this.delegate.getResolver(executor), this.resolutions);
	}

	private static final class LogicalNameResolver extends AbstractAddressResolver<InetSocketAddress> {

		private final String host;

		private final AddressResolver<InetSocketAddress> delegate;

		private final Supplier<Operation> resolutions;

		LogicalNameResolver(EventExecutor executor, String host, AddressResolver<InetSocketAddress> delegate,
				Supplier<Operation> resolutions) {
			super(executor, InetSocketAddress.class);
			this.host = host;
			this.delegate = delegate;
			this.resolutions = resolutions;
		}

		@Override
		protected boolean doIsResolved(InetSocketAddress address) {
			return !address.isUnresolved();
		}

		@Override
		protected void doResolve(InetSocketAddress name, Promise<InetSocketAddress> promise) {
			Future<List<InetSocketAddress>> all = resolveAll(name);
			all.addListener((FutureListener<List<InetSocketAddress>>) (future) -> {
				if (future.isSuccess()) {
					promise.trySuccess(future.getNow().get(0));
				}
				else {
					promise.tryFailure(future.cause());
				}
			});
		}

		@Override
		protected void doResolveAll(InetSocketAddress name, Promise<List<InetSocketAddress>> promise) {
			Operation resolution = this.resolutions.get();
			InetSocketAddress target = InetSocketAddress.createUnresolved(this.host, name.getPort());
			this.delegate.resolveAll(target).addListener((FutureListener<List<InetSocketAddress>>) (future) -> {
				if (future.isSuccess()) {
					resolution.succeed();
					promise.trySuccess(named(name, future.getNow()));
				}
				else {
					resolution.fail(future.cause());
					promise.tryFailure(future.cause());
				}
			});
		}

		private static List<InetSocketAddress> named(InetSocketAddress name, List<InetSocketAddress> resolved)
				throws UnknownHostException {
			List<InetSocketAddress> named = new ArrayList<>(resolved.size());
			for (InetSocketAddress address : resolved) {
				byte[] ip = address.getAddress().getAddress();
				named.add(new InetSocketAddress(InetAddress.getByAddress(name.getHostString(), ip), address.getPort()));
			}
			return named;
		}

	}

}
