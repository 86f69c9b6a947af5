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
 * Who says nothing at all has no latencies, and needs no interval: it is left out as soon
 * as others have {@linkplain OutlierMember#overtaken overtaken} it several times in a
 * row.
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

	private final OutlierSettings settings;

	private final AtomicBoolean judging = new AtomicBoolean();

	private volatile long due;

	private long intervalEnd;

	/**
	 * Creates a detection that has seen nothing.
	 * @param settings when a member is left out
	 * @param now the time
	 */
	public OutlierDetection(OutlierSettings settings, long now) {
		this.settings = settings;
		this.intervalEnd = now + settings.intervalNanos();
		this.due = this.intervalEnd;
	}

	/**
	 * Judges the members, if it is time to, and tells them what changes before this
	 * returns. To be called before one of them is chosen.
	 * @param members those that are compared now; others than before where they change
	 * @param now the time
	 */
	public void judge(List<OutlierMember> members, long now) {
		if (!this.settings.isEnabled() || !isTime(members, now) || !this.judging.compareAndSet(false, true)) {
			return;
		}
		try {
			if (now - this.intervalEnd >= 0) {
				endInterval(members, now);
				this.intervalEnd = now + this.settings.intervalNanos();
			}
			for (OutlierMember member : members) {
				if (member.isSilent()) {
					member.judgeSilence(now, ejected(members) < maxEjected(members));
				}
				member.takeBack(now);
			}
			this.due = nextDue(members);
		}
		finally {
			this.judging.set(false);
		}
	}

	/*
	 * Called for every request, so it allocates nothing.
	 */
	private boolean isTime(List<OutlierMember> members, long now) {
		if (now - this.due >= 0) {
			return true;
		}
		for (int i = 0; i < members.size(); i++) {
			if (members.get(i).isSilent()) {
				return true;
			}
		}
		return false;
	}

	private long nextDue(List<OutlierMember> members) {
		long due = this.intervalEnd;
		for (OutlierMember member : members) {
			due = member.returnsBefore(due);
		}
		return due;
	}

	private int maxEjected(List<OutlierMember> members) {
		return Math.min(members.size() - 1, (int) (members.size() * this.settings.maxEjectedShare()));
	}

	private static long ejected(List<OutlierMember> members) {
		return members.stream().filter(OutlierMember::isEjected).count();
	}

	private void endInterval(List<OutlierMember> members, long now) {
		List<OutlierMember> judged = new ArrayList<>();
		for (OutlierMember member : members) {
			if (member.endInterval()) {
				judged.add(member);
			}
		}
		judged.sort(Comparator.comparingLong(OutlierMember::medianNanos));
		// The slowest first: not all of them may be left out.
		for (int i = judged.size() - 1; i >= 0; i--) {
			judged.get(i).judgeLatency(othersNanos(judged, i), now, ejected(members) < maxEjected(members));
		}
	}

	/*
	 * What most of the others take at most: the median, and of two in the middle the
	 * greater one.
	 */
	private static long othersNanos(List<OutlierMember> ascending, int index) {
		int others = ascending.size() - 1;
		if (others == 0) {
			return Long.MAX_VALUE;
		}
		int middle = others / 2;
		return ascending.get((middle < index) ? middle : middle + 1).medianNanos();
	}

}
