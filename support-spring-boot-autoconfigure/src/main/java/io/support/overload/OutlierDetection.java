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

package io.support.overload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds, among several that do the same, those that answer much later than the others,
 * and leaves them out for a while: for longer each time, never more than a share of all,
 * and never the last one.
 * <p>
 * At the end of every interval, whoever has answered often enough is compared with the
 * others by the median of its latencies, which a few answers that take long do not move.
 * It is an outlier if that is above a floor and above a multiple of what most of the
 * others take. It is left out when it has been one in two intervals in a row without
 * getting better meanwhile: one that has just started is slow at first, and warms up.
 * <p>
 * The intervals, the ejection for a time that grows with each, and falls again with each
 * interval without, and the bound of how many are ejected are those of Envoy's outlier
 * detection and of gRPC's (proposal A50). Those judge by failures only, by the mean and
 * the deviation of all; the latencies of a few members have no useful deviation, hence
 * the factor.
 * <p>
 * Thread-safe. Latencies are recorded without locks, and one thread judges while the
 * others go on. All times are nanoseconds of one clock.
 */
public final class OutlierDetection {

	/*
	 * What takes less than this part of what it took an interval before is warming up.
	 */
	private static final double BETTER = 0.75;

	private final OutlierSettings settings;

	private final List<Member> members;

	private final int maxEjected;

	private final AtomicBoolean judging = new AtomicBoolean();

	private volatile long due;

	private long intervalEnd;

	/**
	 * Creates a detection that has seen nothing.
	 * @param settings when a member is left out
	 * @param members how many there are
	 * @param now the time
	 */
	public OutlierDetection(OutlierSettings settings, int members, long now) {
		this.settings = settings;
		this.maxEjected = Math.min(members - 1, (int) (members * settings.maxEjectedShare()));
		List<Member> created = new ArrayList<>();
		for (int i = 0; i < members; i++) {
			created.add(new Member(i));
		}
		this.members = List.copyOf(created);
		this.intervalEnd = now + settings.intervalNanos();
		this.due = this.intervalEnd;
	}

	/**
	 * Returns one of the members.
	 * @param index which one, from 0
	 * @return what has to be told of its answers; always the same
	 */
	public Member member(int index) {
		return this.members.get(index);
	}

	/**
	 * Judges the members, if it is time to. To be called before one of them is chosen.
	 * @param now the time
	 * @param listener is told what changes, before this returns
	 */
	public void judge(long now, Listener listener) {
		if (this.maxEjected == 0 || now - this.due < 0 || !this.judging.compareAndSet(false, true)) {
			return;
		}
		try {
			if (now - this.intervalEnd >= 0) {
				endInterval(now, listener);
				this.intervalEnd = now + this.settings.intervalNanos();
			}
			takeBack(now, listener);
			this.due = nextDue();
		}
		finally {
			this.judging.set(false);
		}
	}

	private void takeBack(long now, Listener listener) {
		for (Member member : this.members) {
			if (member.ejected && now - member.ejectedUntil >= 0) {
				member.takeBack();
				listener.returned(member.index);
			}
		}
	}

	private long nextDue() {
		long due = this.intervalEnd;
		for (Member member : this.members) {
			if (member.ejected && member.ejectedUntil - due < 0) {
				due = member.ejectedUntil;
			}
		}
		return due;
	}

	private void endInterval(long now, Listener listener) {
		List<Member> judged = new ArrayList<>();
		for (Member member : this.members) {
			long median = member.latencies.takeMedian(this.settings.minRequests());
			if (!member.ejected) {
				member.medianNanos = median;
				if (median > 0) {
					judged.add(member);
				}
				else if (!member.back) {
					member.calm();
				}
				member.back = false;
			}
		}
		judged.sort(Comparator.comparingLong((member) -> member.medianNanos));
		// The slowest first: not all of them may be left out.
		for (int i = judged.size() - 1; i >= 0; i--) {
			judge(judged.get(i), othersNanos(judged, i), now, listener);
		}
	}

	/*
	 * What most of the others take at most: the median, and of two in the middle the
	 * greater one.
	 */
	private static long othersNanos(List<Member> ascending, int index) {
		int others = ascending.size() - 1;
		if (others == 0) {
			return Long.MAX_VALUE;
		}
		int middle = others / 2;
		return ascending.get((middle < index) ? middle : middle + 1).medianNanos;
	}

	private void judge(Member member, long othersNanos, long now, Listener listener) {
		long median = member.medianNanos;
		if (median < this.settings.minLatencyNanos() || median <= this.settings.factor() * othersNanos) {
			member.calm();
		}
		else if (member.suspectNanos == 0 || median < BETTER * member.suspectNanos) {
			member.suspectNanos = median;
		}
		else if (ejected() < this.maxEjected) {
			long duration = member.eject(now);
			listener.ejected(member.index, median, othersNanos, duration);
		}
	}

	private long ejected() {
		return this.members.stream().filter((member) -> member.ejected).count();
	}

	/**
	 * One of those that are compared.
	 */
	public final class Member {

		private final int index;

		private final LatencyHistogram latencies = new LatencyHistogram();

		private volatile boolean ejected;

		private volatile long medianNanos;

		/*
		 * These are for the one thread that judges.
		 */
		private long ejectedUntil;

		private int ejections;

		private long suspectNanos;

		private boolean back;

		private Member(int index) {
			this.index = index;
		}

		/**
		 * Learns how long an answer has taken.
		 * @param nanos how long
		 */
		public void answered(long nanos) {
			if (OutlierDetection.this.maxEjected > 0) {
				this.latencies.record(nanos);
			}
		}

		/**
		 * Learns that nobody has waited for an answer any longer. It would have taken
		 * longer than that, nobody knows how much, so it counts as if it had come just
		 * then: it can make this member look faster than it is, and never slower. What
		 * was given up so early that it tells nothing does not count.
		 * @param nanos for how long somebody has waited
		 */
		public void givenUp(long nanos) {
			if (nanos >= OutlierDetection.this.settings.minLatencyNanos()) {
				answered(nanos);
			}
		}

		/**
		 * Returns whether this member is to be left out.
		 * @return whether it is
		 */
		public boolean isEjected() {
			return this.ejected;
		}

		/**
		 * Returns the median of its latencies in the last interval.
		 * @return nanoseconds; 0 if there were too few; while it is left out, what it was
		 * left out for
		 */
		public long medianNanos() {
			return this.medianNanos;
		}

		private void calm() {
			this.suspectNanos = 0;
			this.ejections = Math.max(0, this.ejections - 1);
		}

		private long eject(long now) {
			OutlierSettings settings = OutlierDetection.this.settings;
			this.ejections++;
			// Divided, since a product might not fit.
			long duration = (settings.maxEjectionNanos() / this.ejections < settings.baseEjectionNanos())
					? settings.maxEjectionNanos() : this.ejections * settings.baseEjectionNanos();
			this.ejectedUntil = now + duration;
			this.suspectNanos = this.medianNanos;
			this.ejected = true;
			return duration;
		}

		/*
		 * It stays a suspect: the first interval in which it answers often enough will
		 * show whether it is as slow as it was. The one that is running may be too short.
		 */
		private void takeBack() {
			this.latencies.takeMedian(0);
			this.back = true;
			this.ejected = false;
		}

	}

	/**
	 * Is told what changes. Called by one thread at a time.
	 */
	public interface Listener {

		/**
		 * A member is left out from now on.
		 * @param member which one
		 * @param medianNanos the median of its latencies
		 * @param othersNanos what most of the others take at most
		 * @param durationNanos for how long
		 */
		void ejected(int member, long medianNanos, long othersNanos, long durationNanos);

		/**
		 * A member is not left out any more.
		 * @param member which one
		 */
		void returned(int member);

	}

}
