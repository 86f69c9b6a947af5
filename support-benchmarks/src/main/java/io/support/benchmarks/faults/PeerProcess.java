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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * All peers, in a JVM of their own, on one thread. A comparison starts it and tells it
 * what to open; the end of the standard input ends it.
 * <p>
 * The thread never sleeps. On one machine whoever sends something to a thread that does
 * has to wake it, which costs as much as a fifth of a call, and the more often the slower
 * the caller is. Peers on other machines are woken by their network interface.
 */
public final class PeerProcess {

	private final EventLoop loop = new MultiThreadIoEventLoopGroup(1,
			NioIoHandler.newFactory(SelectorProvider.provider(), () -> (ready, hasTasks) -> ready.get()))
		.next();

	private final Map<String, PeerSite> sites = new HashMap<>();

	private final LongSupplier clock;

	private PeerProcess(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * Serves until there are no more orders.
	 * @param arguments none
	 * @throws IOException if orders cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		PrintStream answers = System.out;
		System.setOut(System.err);
		// Nobody has configured the other one, which would log everything.
		InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
		PeerProcess process = new PeerProcess(System::nanoTime);
		new Orders(Map.of("open", process::open, "counts", process::counts, "close", process::close))
			.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), answers);
		System.exit(0);
	}

	private PeerAddresses open(JsonMapper json, String text) throws IOException {
		Opening order = json.readValue(text, Opening.class);
		PeerSite site = PeerSite.open(Faults.named(order.fault()), order.calls(), this.loop, this.clock);
		this.sites.put(order.site(), site);
		return site.addresses();
	}

	private PeerCounts counts(JsonMapper json, String text) {
		return site(json, text).counts();
	}

	private PeerCounts close(JsonMapper json, String text) {
		PeerSite site = site(json, text);
		this.sites.values().remove(site);
		site.close();
		return site.counts();
	}

	private PeerSite site(JsonMapper json, String text) {
		String name = json.readValue(text, String.class);
		return Objects.requireNonNull(this.sites.get(name), () -> "There is no site " + name);
	}

	/**
	 * The order to open a site.
	 *
	 * @param site what it is called from then on
	 * @param fault what is wrong with it
	 * @param calls how many different calls there will be at most
	 */
	record Opening(String site, String fault, int calls) {

	}

}
