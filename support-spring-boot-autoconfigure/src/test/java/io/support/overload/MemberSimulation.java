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
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Clients that ask one of several members at random, in virtual time, and leave out those
 * that they are told to leave out.
 */
final class MemberSimulation {

	private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

	private final Random random = new Random(42);

	private final List<Latency> latencies;

	private final OutlierDetection detection;

	private final List<OutlierMember> members = new ArrayList<>();

	private final List<Change> changes = new ArrayList<>();

	private final int[] asked;

	private double patienceSeconds = Double.MAX_VALUE;

	private double hedgeSeconds = Double.MAX_VALUE;

	private double now;

	private int mostEjected;

	MemberSimulation(OutlierSettings settings, Latency... latencies) {
		this.latencies = List.of(latencies);
		this.detection = new OutlierDetection(settings, 0);
		for (int i = 0; i < latencies.length; i++) {
			this.members.add(new OutlierMember(settings, new Listener(i)));
		}
		this.asked = new int[latencies.length];
	}

	/**
	 * Lets nobody wait for longer.
	 */
	MemberSimulation patience(double seconds) {
		this.patienceSeconds = seconds;
		return this;
	}

	/**
	 * Lets another one be asked too after a while.
	 */
	MemberSimulation hedge(double seconds) {
		this.hedgeSeconds = seconds;
		return this;
	}

	/**
	 * Goes on for a while.
	 */
	MemberSimulation run(double perSecond, double seconds) {
		PriorityQueue<Answer> answers = new PriorityQueue<>(Comparator.comparingDouble(Answer::at));
		double end = this.now + seconds;
		while (this.now < end) {
			this.now += -Math.log(1 - this.random.nextDouble()) / perSecond;
			while (!answers.isEmpty() && answers.peek().at() <= this.now) {
				answers.poll().told().run();
			}
			this.detection.judge(this.members, (long) (this.now * SECOND));
			answers.add(ask(choose()));
		}
		return this;
	}

	private int choose() {
		int[] left = IntStream.range(0, this.asked.length)
			.filter((member) -> !this.members.get(member).isEjected())
			.toArray();
		this.mostEjected = Math.max(this.mostEjected, this.asked.length - left.length);
		return left[this.random.nextInt(left.length)];
	}

	private Answer ask(int index) {
		OutlierMember member = this.members.get(index);
		double seconds = seconds(index);
		if (seconds > this.hedgeSeconds) {
			int other = choose();
			double otherSeconds = (other != index) ? seconds(other) : Double.MAX_VALUE;
			double waited = this.hedgeSeconds + otherSeconds;
			if (waited < seconds) {
				double at = this.now + waited;
				return new Answer(at, () -> {
					this.members.get(other).answered(nanos(otherSeconds));
					member.overtaken(nanos(waited), nanos(otherSeconds), nanos(at));
				});
			}
		}
		if (seconds > this.patienceSeconds) {
			return new Answer(this.now + this.patienceSeconds, () -> member.givenUp(nanos(this.patienceSeconds)));
		}
		return new Answer(this.now + seconds, () -> member.answered(nanos(seconds)));
	}

	private double seconds(int member) {
		this.asked[member]++;
		return this.latencies.get(member).seconds(this.random, this.now);
	}

	private static long nanos(double seconds) {
		return (long) (seconds * SECOND);
	}

	/**
	 * Returns when somebody was left out, and for how long.
	 */
	List<Change> ejections() {
		return this.changes.stream().filter((change) -> change.seconds() > 0).toList();
	}

	boolean isEjected(int member) {
		return this.members.get(member).isEjected();
	}

	int mostEjected() {
		return this.mostEjected;
	}

	int asked(int member) {
		return this.asked[member];
	}

	static Latency constant(double seconds) {
		return (random, now) -> seconds;
	}

	/**
	 * With the given median and a heavy tail: one of a hundred takes ten times as long.
	 */
	static Latency logNormal(double median) {
		return (random, now) -> median * Math.exp(random.nextGaussian());
	}

	/**
	 * How long a member takes.
	 */
	interface Latency {

		double seconds(Random random, double now);

		default Latency times(Latency factor) {
			return (random, now) -> seconds(random, now) * factor.seconds(random, now);
		}

	}

	/**
	 * Something that changed.
	 *
	 * @param at when, in seconds
	 * @param member with whom
	 * @param seconds for how long it is left out; 0 if it has returned
	 */
	record Change(double at, int member, double seconds) {
	}

	private record Answer(double at, Runnable told) {
	}

	private final class Listener implements OutlierMember.Listener {

		private final int member;

		Listener(int member) {
			this.member = member;
		}

		@Override
		public void ejected(long medianNanos, long othersNanos, long durationNanos) {
			leftOutFor(durationNanos);
		}

		@Override
		public void silent(int times, long silentNanos, long durationNanos) {
			leftOutFor(durationNanos);
		}

		@Override
		public void returned() {
			leftOutFor(0);
		}

		private void leftOutFor(long nanos) {
			MemberSimulation.this.changes.add(new Change(MemberSimulation.this.now, this.member, nanos / SECOND));
		}

	}

}
