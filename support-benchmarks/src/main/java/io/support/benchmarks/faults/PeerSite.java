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

package io.support.benchmarks.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;

/**
 * The peers that one contender meets: addresses of the loopback network with one port,
 * and a name server that knows all of them.
 */
final class PeerSite implements AutoCloseable {

	private static final int ATTEMPTS = 10;

	private final EventLoop loop;

	private final Census census;

	private final List<List<Peer>> tiers;

	private final NameServer names;

	private PeerSite(EventLoop loop, Census census, List<List<Peer>> tiers, NameScript script, LongSupplier clock) {
		this.loop = loop;
		this.census = census;
		this.tiers = tiers;
		this.names = new NameServer(peers().stream().map((peer) -> peer.address().getAddress()).toList(), script,
				census, loop, clock, () -> begun(script));
	}

	/**
	 * Opens a site.
	 * @param fault what is wrong with it
	 * @param calls how many different calls there will be at most
	 * @param loop what it runs on: one thread
	 * @param clock the time in nanoseconds
	 * @return the site
	 * @throws IOException if there are no addresses for it
	 */
	static PeerSite open(Fault fault, int calls, EventLoop loop, LongSupplier clock) throws IOException {
		Census census = new Census(calls);
		return new PeerSite(loop, census, open(fault.tiers(), loop, census), fault.names(), clock);
	}

	/*
	 * A port that is free at the first address may be taken at another.
	 */
	private static List<List<Peer>> open(List<List<Peer.Kind>> kinds, EventLoopGroup loop, Census census)
			throws IOException {
		IOException last = new IOException("No attempt");
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			List<List<Peer>> tiers = new ArrayList<>();
			try {
				openAll(kinds, loop, census, tiers);
				return tiers;
			}
			catch (IOException ex) {
				tiers.stream().flatMap(List::stream).forEach(Peer::close);
				last = ex;
			}
		}
		throw last;
	}

	private static void openAll(List<List<Peer.Kind>> kinds, EventLoopGroup loop, Census census, List<List<Peer>> tiers)
			throws IOException {
		byte number = 0;
		int port = 0;
		for (List<Peer.Kind> tier : kinds) {
			List<Peer> peers = new ArrayList<>();
			tiers.add(peers);
			for (Peer.Kind kind : tier) {
				InetAddress host = InetAddress.getByAddress(new byte[] { 127, 0, 1, ++number });
				Peer peer = kind.open(new InetSocketAddress(host, port), loop, census);
				peers.add(peer);
				port = peer.address().getPort();
			}
		}
	}

	private List<Peer> peers() {
		return this.tiers.stream().flatMap(List::stream).toList();
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private void begun(NameScript script) {
		if (script.then() == NameScript.Then.MOVES) {
			List<Peer> old = peers().subList(0, peers().size() / 2);
			this.loop.schedule(() -> old.forEach(Peer::close), script.oldAddressesEnd().toMillis(),
					TimeUnit.MILLISECONDS);
		}
	}

	PeerAddresses addresses() {
		return new PeerAddresses(this.tiers.stream()
			.map((tier) -> tier.stream().map((peer) -> peer.address().getAddress().getHostAddress()).toList())
			.toList(), peers().get(0).address().getPort(), this.names.address().getPort());
	}

	PeerCounts counts() {
		return this.loop.submit(this.census::counts).syncUninterruptibly().getNow();
	}

	@Override
	public void close() {
		peers().forEach(Peer::close);
		this.names.close();
	}

}
