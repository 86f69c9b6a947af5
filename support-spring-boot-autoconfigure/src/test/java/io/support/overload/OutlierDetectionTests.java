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

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.support.overload.MemberSimulation.Change;
import io.support.overload.MemberSimulation.Latency;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutlierDetection}: whom it leaves out, in virtual time.
 */
class OutlierDetectionTests {

	private static final OutlierSettings SETTINGS = settings(0.5);

	private static final Latency GOOD = MemberSimulation.logNormal(0.02);

	private static final Latency SLOW = MemberSimulation.logNormal(0.4);

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 5, 20 })
	void oneThatIsSlowIsLeftOutWithinThreeIntervals(int members) {
		MemberSimulation simulation = new MemberSimulation(SETTINGS, all(members, GOOD, SLOW)).run(20 * members, 31);
		assertThat(simulation.ejections()).singleElement().satisfies((change) -> {
			assertThat(change.member()).isZero();
			assertThat(change.at()).isBetween(20.0, 31.0);
			assertThat(change.seconds()).isEqualTo(30);
		});
	}

	@Test
	void oneThatStaysSlowIsLeftOutForLongerEachTime() {
		MemberSimulation simulation = new MemberSimulation(SETTINGS, all(3, GOOD, SLOW)).run(100, 3600);
		List<Change> ejections = simulation.ejections();
		assertThat(ejections).extracting(Change::member).containsOnly(0);
		assertThat(ejections.subList(0, 10)).extracting(Change::seconds)
			.containsExactly(30.0, 60.0, 90.0, 120.0, 150.0, 180.0, 210.0, 240.0, 270.0, 300.0);
		assertThat(ejections.subList(10, ejections.size())).extracting(Change::seconds).containsOnly(300.0);
		// A third of the requests for a moment, every five minutes.
		assertThat(simulation.asked(0)).isLessThan(simulation.asked(1) / 8);
	}

	@Test
	void oneThatHasRecoveredIsAskedAsOftenAsTheOthersAndForgiven() {
		Latency recovering = (random, now) -> ((now < 60 || (now > 1000 && now < 1060)) ? SLOW : GOOD).seconds(random,
				now);
		MemberSimulation simulation = new MemberSimulation(SETTINGS, recovering, GOOD, GOOD).run(100, 900);
		assertThat(simulation.isEjected(0)).isFalse();
		assertThat(simulation.ejections()).hasSize(2);
		int[] before = { simulation.asked(0), simulation.asked(1) };
		simulation.run(100, 100);
		assertThat((double) simulation.asked(0) - before[0]).isCloseTo(simulation.asked(1) - before[1],
				Offset.offset(400.0));
		simulation.run(100, 40);
		assertThat(simulation.ejections()).hasSize(3);
		assertThat(simulation.ejections().get(2).seconds()).isEqualTo(30);
	}

	@ParameterizedTest
	@CsvSource({ "2, 1, 1", "3, 1, 1", "4, 2, 2", "10, 4, 4", "11, 5, 5" })
	void severalThatAreSlowAreLeftOut(int members, int slow, int ejected) {
		MemberSimulation simulation = new MemberSimulation(SETTINGS, slowOnes(members, slow)).run(20 * members, 300);
		assertThat(simulation.mostEjected()).isEqualTo(ejected);
		assertThat(simulation.ejections()).extracting(Change::member).allMatch((member) -> member < slow);
	}

	@ParameterizedTest
	@CsvSource({ "2, 2", "3, 2", "3, 3", "4, 3", "10, 7" })
	void nobodyIsLeftOutWhenMostAreSlow(int members, int slow) {
		MemberSimulation simulation = new MemberSimulation(SETTINGS, slowOnes(members, slow)).run(20 * members, 600);
		assertThat(simulation.ejections()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "10, 0.2, 2", "10, 0.5, 4", "2, 1, 1", "1, 1, 0", "3, 0, 0" })
	void noMoreThanTheShareIsLeftOutAndNeverTheLastOne(int members, double share, int ejected) {
		int slow = Math.min(4, Math.max(1, members / 2));
		MemberSimulation simulation = new MemberSimulation(settings(share), slowOnes(members, slow)).run(20 * members,
				300);
		assertThat(simulation.mostEjected()).isEqualTo(ejected);
	}

	@Test
	void theSlowestIsTheOneThatIsLeftOut() {
		Latency[] latencies = { GOOD, GOOD, GOOD, GOOD, MemberSimulation.logNormal(0.1),
				MemberSimulation.logNormal(0.8) };
		MemberSimulation simulation = new MemberSimulation(settings(0.2), latencies).run(200, 300);
		assertThat(simulation.ejections()).extracting(Change::member).startsWith(5).containsOnly(4, 5);
		assertThat(simulation.mostEjected()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 10 })
	void nobodyIsLeftOutInADayOfEqualHeavyTails(int members) {
		MemberSimulation simulation = new MemberSimulation(SETTINGS, all(members, SLOW, SLOW)).run(15 * members,
				24 * 3600);
		assertThat(simulation.ejections()).isEmpty();
	}

	@Test
	void loadThatSlowsAllDownLeavesOutNobody() {
		Latency loaded = GOOD.times((random, now) -> 1 + 20 * Math.abs(Math.sin(now / 100)));
		MemberSimulation simulation = new MemberSimulation(SETTINGS, all(4, loaded, loaded)).run(200, 1200);
		assertThat(simulation.ejections()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "10, 5", "20, 10", "20, 20", "40, 15" })
	void oneThatStartsSlowlyIsLeftAlone(double factor, double seconds) {
		Latency starting = GOOD.times((random, now) -> 1 + factor * Math.exp(-now / seconds));
		MemberSimulation simulation = new MemberSimulation(SETTINGS, starting, GOOD, GOOD).run(150, 600);
		assertThat(simulation.ejections()).isEmpty();
	}

	@Test
	void hiccupIsForgiven() {
		Latency stumbling = (random, now) -> ((now % 60 < 9) ? SLOW : GOOD).seconds(random, now);
		MemberSimulation simulation = new MemberSimulation(SETTINGS, stumbling, GOOD, GOOD).run(150, 600);
		assertThat(simulation.ejections()).isEmpty();
	}

	@Test
	void fewAnswersSayNothing() {
		MemberSimulation simulation = new MemberSimulation(SETTINGS, all(3, GOOD, SLOW)).run(20, 3600);
		assertThat(simulation.ejections()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "0.001, 0.04, 0", "0.001, 0.06, 1", "0.02, 0.055, 0", "0.02, 0.07, 1" })
	void floorAndFactorAreBothExceeded(double good, double slow, int ejected) {
		MemberSimulation simulation = new MemberSimulation(SETTINGS,
				all(3, MemberSimulation.constant(good), MemberSimulation.constant(slow)))
			.run(100, 60);
		assertThat(simulation.mostEjected()).isEqualTo(ejected);
	}

	@Test
	void oneThatIsGivenUpIsAsSlowAsOthersHaveWaited() {
		MemberSimulation simulation = new MemberSimulation(SETTINGS, all(3, GOOD, MemberSimulation.constant(1_000_000)))
			.patience(0.2)
			.run(100, 45);
		assertThat(simulation.ejections()).extracting(Change::member).containsExactly(0);
		assertThat(simulation.isEjected(0)).isTrue();
	}

	@Test
	void whatIsGivenUpSoonTellsNothing() {
		OutlierDetection detection = new OutlierDetection(SETTINGS, 0);
		OutlierMember one = member();
		OutlierMember other = member();
		for (int i = 0; i < 1000; i++) {
			one.givenUp(millis(49));
			other.answered(millis(1));
		}
		detection.judge(List.of(one, other), millis(10_000));
		assertThat(one.medianNanos()).isZero();
		assertThat(other.medianNanos()).isCloseTo(millis(1), Offset.offset(70_000L));
	}

	@ParameterizedTest
	@CsvSource({ "2, 0.01", "4, 0.01", "4, 0.05", "20, 0.05" })
	void oneThatSaysNothingIsLeftOutAtOnce(int members, double hedge) {
		Latency[] latencies = all(members, MemberSimulation.constant(0.002), MemberSimulation.constant(1_000_000));
		MemberSimulation simulation = new MemberSimulation(SETTINGS, latencies).hedge(hedge).run(1000, 20);
		assertThat(simulation.ejections()).singleElement().satisfies((change) -> {
			assertThat(change.member()).isZero();
			assertThat(change.at()).isBetween(0.1, 0.5);
			assertThat(change.seconds()).isEqualTo(30);
		});
		assertThat(simulation.asked(0)).isLessThan(400);
	}

	@Test
	void oneThatStaysSilentTakesAThousandthOfTheRequests() {
		Latency[] latencies = all(4, MemberSimulation.constant(0.002), MemberSimulation.constant(0.2));
		MemberSimulation simulation = new MemberSimulation(SETTINGS, latencies).hedge(0.01).run(1000, 300);
		assertThat(simulation.asked(0)).isLessThan(300);
		assertThat(simulation.ejections()).extracting(Change::member).containsOnly(0);
	}

	/*
	 * One request of six is hedged, five million of them are made, and chance is what it
	 * is.
	 */
	@Test
	void hardlyAnybodyIsLeftOutInADayOfEqualHeavyTailsWithHedges() {
		MemberSimulation simulation = new MemberSimulation(SETTINGS, all(4, GOOD, GOOD)).hedge(0.05).run(60, 24 * 3600);
		assertThat(simulation.ejections()).hasSizeLessThan(4);
	}

	@Test
	void pauseIsNoSilence() {
		OutlierDetection detection = new OutlierDetection(SETTINGS, 0);
		List<OutlierMember> members = List.of(member(), member());
		for (int i = 0; i < 40; i++) {
			members.get(0).overtaken(millis(60), millis(1), millis(60 + i));
			detection.judge(members, millis(60 + i));
			assertThat(members.get(0).isEjected()).isFalse();
		}
		members.get(0).overtaken(millis(60), millis(1), millis(100));
		detection.judge(members, millis(100));
		assertThat(members.get(0).isEjected()).isTrue();
	}

	@Test
	void answerEndsASilence() {
		OutlierDetection detection = new OutlierDetection(SETTINGS, 0);
		List<OutlierMember> members = List.of(member(), member());
		for (int i = 0; i < 1000; i++) {
			members.get(0).overtaken(millis(60), millis(1), millis(100L * i));
			if (i % 4 == 3) {
				members.get(0).spoke();
			}
			detection.judge(members, millis(100L * i));
			assertThat(members.get(0).isEjected()).isFalse();
		}
	}

	@Test
	void beingOvertakenByOneThatIsNotMuchQuickerSaysNothing() {
		OutlierDetection detection = new OutlierDetection(SETTINGS, 0);
		List<OutlierMember> members = List.of(member(), member());
		for (int i = 0; i < 50; i++) {
			members.get(0).overtaken(millis(60), millis(20), millis(100L * i));
		}
		detection.judge(members, millis(5000));
		assertThat(members.get(0).isEjected()).isFalse();
	}

	@Test
	void membersMayChange() {
		OutlierDetection detection = new OutlierDetection(SETTINGS, 0);
		OutlierMember silent = member();
		OutlierMember other = member();
		for (int i = 0; i < 10; i++) {
			silent.overtaken(millis(60), millis(1), millis(100L * i));
		}
		detection.judge(List.of(silent), millis(1000));
		assertThat(silent.isEjected()).isFalse();
		for (int i = 10; i < 20; i++) {
			silent.overtaken(millis(60), millis(1), millis(100L * i));
		}
		detection.judge(List.of(silent, other), millis(2000));
		assertThat(silent.isEjected()).isTrue();
		detection.judge(List.of(silent), millis(31_000));
		assertThat(silent.isEjected()).isTrue();
		detection.judge(List.of(silent), millis(42_000));
		assertThat(silent.isEjected()).isFalse();
	}

	private static OutlierMember member() {
		return new OutlierMember(SETTINGS, new OutlierMember.Listener() {

			@Override
			public void ejected(long medianNanos, long othersNanos, long durationNanos) {
			}

			@Override
			public void silent(int times, long silentNanos, long durationNanos) {
			}

			@Override
			public void returned() {
			}

		});
	}

	private static long millis(long millis) {
		return TimeUnit.MILLISECONDS.toNanos(millis);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 1000, 7_999, 1_000_000, 123_456_789, 30_000_000_000L, 3_000_000_000_000_000L })
	void medianIsKnownWithinSevenPercent(long nanos) {
		LatencyHistogram histogram = new LatencyHistogram();
		histogram.record(nanos);
		histogram.record(0);
		histogram.record(Long.MAX_VALUE);
		assertThat((double) histogram.takeMedian(3)).isCloseTo((double) nanos,
				Offset.offset(Math.max(1024.0, 0.07 * nanos)));
		assertThat(histogram.takeMedian(1)).isZero();
	}

	private static OutlierSettings settings(double share) {
		return new OutlierSettings(3, 100, TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.SECONDS.toNanos(10),
				TimeUnit.SECONDS.toNanos(30), TimeUnit.SECONDS.toNanos(300), share);
	}

	private static Latency[] all(int members, Latency latency, Latency first) {
		Latency[] latencies = new Latency[members];
		Arrays.fill(latencies, latency);
		latencies[0] = first;
		return latencies;
	}

	private static Latency[] slowOnes(int members, int slow) {
		Latency[] latencies = new Latency[members];
		for (int i = 0; i < members; i++) {
			latencies[i] = (i < slow) ? SLOW : GOOD;
		}
		return latencies;
	}

}
