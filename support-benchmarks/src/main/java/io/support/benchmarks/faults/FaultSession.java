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
import java.time.Duration;

/**
 * One contender among the peers of one fault.
 */
final class FaultSession implements AutoCloseable {

	private static final Duration START = Duration.ofMinutes(1);

	private static final Duration GRACE = Duration.ofMinutes(1);

	private final Fault fault;

	private final FaultContender contender;

	private final WorkerProcess peers;

	private final WorkerProcess client;

	private final String site;

	private PeerCounts counted = PeerCounts.NONE;

	private int begun;

	private boolean open;

	private FaultSession(Fault fault, FaultContender contender, WorkerProcess peers, WorkerProcess client) {
		this.fault = fault;
		this.contender = contender;
		this.peers = peers;
		this.client = client;
		this.site = contender.name() + " " + fault.name();
	}

	/**
	 * Opens the peers, and starts an application that knows where they are.
	 * @param fault what is wrong with the peers
	 * @param calls how many calls there will be at most
	 * @param contender who calls
	 * @param peers the process of the peers
	 * @param client the process of the contender
	 * @return the session
	 * @throws IOException if one of them cannot
	 */
	static FaultSession open(Fault fault, int calls, FaultContender contender, WorkerProcess peers,
			WorkerProcess client) throws IOException {
		FaultSession session = new FaultSession(fault, contender, peers, client);
		PeerAddresses addresses = peers.ask("open", new PeerProcess.Opening(session.site, fault.name(), calls),
				PeerAddresses.class, START);
		client.ask("open", new ClientProcess.Opening(contender.client(), contender.properties(fault, addresses)),
				Boolean.class, START);
		session.open = true;
		return session;
	}

	/**
	 * Makes calls.
	 * @param plan the calls
	 * @return what has become of them
	 * @throws IOException if the contender's process fails
	 */
	CallReport call(CallPlan plan) throws IOException {
		return this.client.ask("run", plan, CallReport.class,
				Duration.ofNanos(Math.round(plan.seconds() * 1e9)).plus(GRACE));
	}

	/**
	 * Makes calls with what nobody has called with before.
	 * @param plan the calls; their numbers are those that come next
	 * @param repeat counted from 1
	 * @param last whether there are no more to come: what is on its way then counts too
	 * @return what both sides have seen
	 * @throws IOException if a process fails
	 */
	Cell measure(CallPlan plan, int repeat, boolean last) throws IOException {
		CallReport report = call(plan.from(this.begun * plan.calls(), plan.calls()));
		this.begun++;
		if (last) {
			closeClient();
		}
		PeerCounts now = this.peers.ask("counts", this.site, PeerCounts.class, GRACE);
		PeerCounts since = now.since(this.counted);
		this.counted = now;
		return new Cell(this.fault, this.contender, plan.callers(), repeat, this.begun, report, since);
	}

	/**
	 * Makes some calls that count nowhere, as those that come before a slice: while
	 * others were measured, connections were idle for too long.
	 * @param plan the calls
	 * @throws IOException if a process fails
	 */
	void leadIn(CallPlan plan) throws IOException {
		call(plan);
		this.counted = this.peers.ask("counts", this.site, PeerCounts.class, GRACE);
	}

	private void closeClient() throws IOException {
		if (this.open) {
			this.open = false;
			this.client.ask("close", "", Boolean.class, GRACE);
		}
	}

	@Override
	public void close() throws IOException {
		closeClient();
		this.peers.ask("close", this.site, PeerCounts.class, GRACE);
	}

}
