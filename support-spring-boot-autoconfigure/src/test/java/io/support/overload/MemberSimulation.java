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
final class MemberSimulation implements OutlierDetection.Listener {

	private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

	private final Random random = new Random(42);

	private final List<Latency> latencies;

	private final OutlierDetection detection;

	private final List<Change> changes = new ArrayList<>();

	private final int[] asked;

	private double patienceSeconds = Double.MAX_VALUE;

	private double now;

	private int mostEjected;

	MemberSimulation(OutlierSettings settings, Latency... latencies) {
		this.latencies = List.of(latencies);
		this.detection = new OutlierDetection(settings, latencies.length, 0);
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
	 * Goes on for a while.
	 */
	MemberSimulation run(double perSecond, double seconds) {
		PriorityQueue<Answer> answers = new PriorityQueue<>(Comparator.comparingDouble(Answer::at));
		double end = this.now + seconds;
		while (this.now < end) {
			this.now += -Math.log(1 - this.random.nextDouble()) / perSecond;
			while (!answers.isEmpty() && answers.peek().at() <= this.now) {
				tell(answers.poll());
			}
			this.detection.judge((long) (this.now * SECOND), this);
			int member = choose();
			this.asked[member]++;
			answers.add(new Answer(member, this.now, this.latencies.get(member).seconds(this.random, this.now),
					this.patienceSeconds));
		}
		return this;
	}

	private int choose() {
		int[] left = IntStream.range(0, this.asked.length)
			.filter((member) -> !this.detection.member(member).isEjected())
			.toArray();
		this.mostEjected = Math.max(this.mostEjected, this.asked.length - left.length);
		return left[this.random.nextInt(left.length)];
	}

	private void tell(Answer answer) {
		OutlierDetection.Member member = this.detection.member(answer.member());
		if (answer.seconds() <= answer.patience()) {
			member.answered((long) (answer.seconds() * SECOND));
		}
		else {
			member.givenUp((long) (answer.patience() * SECOND));
		}
	}

	@Override
	public void ejected(int member, long medianNanos, long othersNanos, long durationNanos) {
		this.changes.add(new Change(this.now, member, durationNanos / SECOND));
	}

	@Override
	public void returned(int member) {
		this.changes.add(new Change(this.now, member, 0));
	}

	/**
	 * Returns when somebody was left out, and for how long.
	 */
	List<Change> ejections() {
		return this.changes.stream().filter((change) -> change.seconds() > 0).toList();
	}

	boolean isEjected(int member) {
		return this.detection.member(member).isEjected();
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

	private record Answer(int member, double begun, double seconds, double patience) {

		double at() {
			return this.begun + Math.min(this.seconds, this.patience);
		}

	}

}
