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

import java.util.List;

/**
 * Something that is wrong with a service, and how it is found out who can live with it.
 *
 * @param name short, in lower case, for tables and the command line
 * @param tiers the peers, the preferred ones first
 * @param names what the name server says
 * @param byName whether everybody has to use the name; only who knows no addresses does
 * otherwise
 * @param traffic how callers call
 * @param slices in how many slices the calls are made, all contenders in turn
 * @param maxConnections how many connections a client may have; 0 for as many as it likes
 * @param properties properties of the group, without their prefix, for who has groups
 * @param target what SuPPort wants to reach
 */
record Fault(String name, List<List<Peer.Kind>> tiers, NameScript names, boolean byName, Traffic traffic, int slices,
		int maxConnections, List<String> properties, Target target) {

	static Fault of(String name, Target target, Peer.Kind... peers) {
		return of(name, target, List.of(List.of(peers)));
	}

	static Fault of(String name, Target target, List<List<Peer.Kind>> tiers) {
		return new Fault(name, tiers, NameScript.STEADY, false, Traffic.GET, 1, 0, List.of(), target);
	}

	Fault with(Traffic other) {
		return new Fault(this.name, this.tiers, this.names, this.byName, other, this.slices, this.maxConnections,
				this.properties, this.target);
	}

	Fault with(NameScript script) {
		return new Fault(this.name, this.tiers, script, true, this.traffic, this.slices, this.maxConnections,
				this.properties, this.target);
	}

	Fault inSlices(int number) {
		return new Fault(this.name, this.tiers, this.names, this.byName, this.traffic, number, this.maxConnections,
				this.properties, this.target);
	}

	Fault withMaxConnections(int number) {
		return new Fault(this.name, this.tiers, this.names, this.byName, this.traffic, this.slices, number,
				this.properties, this.target);
	}

	Fault with(String... groupProperties) {
		return new Fault(this.name, this.tiers, this.names, this.byName, this.traffic, this.slices, this.maxConnections,
				List.of(groupProperties), this.target);
	}

	int peers() {
		return this.tiers.stream().mapToInt(List::size).sum();
	}

}
