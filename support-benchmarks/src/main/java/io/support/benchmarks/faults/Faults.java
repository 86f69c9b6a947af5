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

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.support.benchmarks.faults.Exchange.End;
import io.support.benchmarks.faults.NameScript.Then;
import io.support.benchmarks.faults.Surplus.What;

/**
 * The faults by name. A further one is added here.
 */
final class Faults {

	static final String HEALTHY = "healthy";

	static final String HEALTHY_ONE = "healthy-one";

	private static final int PEERS = 4;

	private static final int SLICES = 5;

	private static final int ONE_PERCENT = 100;

	private static final int TEN_PERCENT = 10;

	private static final Duration WORK = Duration.ofMillis(2);

	private static final Duration SLOW_WORK = WORK.multipliedBy(100);

	private static final Traffic ALONE = Traffic.GET.from(1).with(Pause.about(Duration.ofMillis(10)));

	private static final int FEW_CONNECTIONS = 8;

	private static final Peer.Kind WELL = ServingPeer.with(Answering.AT_ONCE);

	private static final Peer.Kind REFUSING = RefusingPeer::open;

	private static final Peer.Kind WORKING = ServingPeer.with(new Answering(WORK));

	private static final List<Fault> ALL = List.of(Fault.of("refused", Target.NONE_FAILED, WELL, WELL, WELL, REFUSING),
			Fault.of("black-hole", Target.NONE_FAILED, WELL, WELL, WELL, BlackHolePeer::open), Fault.of("mute",
					Target.NONE_FAILED.and(Target.sent(1.05)), WELL, WELL, WELL, ServingPeer.with((exchange) -> {
					})),
			Fault
				.of("slow", Target.NONE_FAILED.and(Target.p99(50)), WORKING, WORKING, WORKING,
						ServingPeer.with(new Answering(SLOW_WORK)))
				.with("hedge.enabled=true", "hedge.delays=10ms,20ms", "retry-budget.ratio=0.5"),
			cut("cut-reset", Target.NONE_FAILED, End.RESET), cut("cut-close", Target.NONE_FAILED, End.CLOSE),
			cut("cut-reset-post", Target.NONE_TWICE, End.RESET).with(Traffic.POST),
			cut("cut-close-post", Target.NONE_TWICE, End.CLOSE).with(Traffic.POST),
			everywhere("torn", Target.NONE, new Tearing(ONE_PERCENT, End.CLOSE)),
			idle("idle-1ms", Duration.ofMillis(1), Traffic.GET.from(PEERS)),
			idle("idle-10ms", Duration.ofMillis(10), Traffic.GET),
			idle("idle-100ms", Duration.ofMillis(100), Traffic.GET),
			idle("idle-1s", Duration.ofSeconds(1), Traffic.GET),
			idle("idle-10ms-post", Target.NONE_TWICE, Duration.ofMillis(10), Traffic.POST),
			surplus("surplus", What.ANSWER_AT_ONCE), surplus("surplus-idle", What.ANSWER_WHEN_IDLE).with(ALONE),
			surplus("surplus-part", What.HEAD_WHEN_IDLE).with(ALONE),
			everywhere("surplus-late", Target.NONE, new Surplus(TEN_PERCENT, What.ANSWER_LATE)),
			names("dns-servfail", Then.FAILS), names("dns-mute", Then.IS_MUTE), names("dns-changed", Then.MOVES),
			Fault.of("tier-down", Target.NONE_FAILED,
					List.of(Collections.nCopies(PEERS, REFUSING), List.of(WELL, WELL))),
			Fault.of("all-down", Target.p99(10), List.of(Collections.nCopies(PEERS, REFUSING))),
			everywhere("outage", Target.sent(1.2), new Cutting(1, End.RESET)),
			limited("socket-limit", Target.NONE_FAILED).with(Traffic.GET.from(FEW_CONNECTIONS).with(Pause.about(WORK))),
			limited("socket-limit-over", Target.p99(50)).with(Traffic.GET.with(Pause.about(WORK))),
			everywhere(HEALTHY, Target.NONE_FAILED, Answering.AT_ONCE).with(Traffic.GET.with(Pause.NONE))
				.inSlices(SLICES),
			everywhere(HEALTHY_ONE, Target.NONE_FAILED, Answering.AT_ONCE).with(Traffic.GET.with(Pause.NONE).from(1))
				.inSlices(SLICES));

	private Faults() {
	}

	private static Fault everywhere(String name, Target target, Behaviour behaviour) {
		return Fault.of(name, target, List.of(Collections.nCopies(PEERS, ServingPeer.with(behaviour))));
	}

	private static Fault cut(String name, Target target, End end) {
		return everywhere(name, target, new Cutting(ONE_PERCENT, end));
	}

	private static Fault idle(String name, Duration idle, Traffic traffic) {
		return idle(name, Target.NONE_FAILED, idle, traffic);
	}

	/*
	 * A request that must not be sent twice may fail: whether the peer has seen it cannot
	 * be known.
	 */
	private static Fault idle(String name, Target target, Duration idle, Traffic traffic) {
		return everywhere(name, target, new IdleClosing(idle)).with(traffic.with(Pause.waves(idle)));
	}

	private static Fault surplus(String name, What what) {
		return everywhere(name, Target.NONE_FAILED, new Surplus(TEN_PERCENT, what));
	}

	/*
	 * Connections end, otherwise nobody would have to ask for the name again.
	 */
	private static Fault names(String name, Then then) {
		return everywhere(name, Target.NONE_FAILED, new Parting(TEN_PERCENT)).with(NameScript.until(then))
			.with(Traffic.GET.with(Pause.about(Duration.ofMillis(40))));
	}

	private static Fault limited(String name, Target target) {
		return Fault.of(name, target, List.of(Collections.nCopies(PEERS, WORKING))).withMaxConnections(FEW_CONNECTIONS);
	}

	static Fault named(String name) {
		return ALL.stream()
			.filter((fault) -> fault.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("A fault is one of " + names() + ", was: " + name));
	}

	/**
	 * Reads faults.
	 * @param names with commas between them; empty for all there are
	 * @return the faults in this order
	 */
	static List<Fault> listed(String names) {
		return names.isEmpty() ? ALL : Arrays.stream(names.split(",")).map((name) -> named(name.trim())).toList();
	}

	static List<String> names() {
		return ALL.stream().map(Fault::name).toList();
	}

}
