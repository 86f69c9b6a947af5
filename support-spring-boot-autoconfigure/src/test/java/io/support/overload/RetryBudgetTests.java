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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryBudget}, in virtual time.
 */
class RetryBudgetTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final double RATIO = 0.2;

	private static final int MIN_PER_SECOND = 10;

	private final RetryBudget budget = new RetryBudget(RATIO, MIN_PER_SECOND, 0);

	@ParameterizedTest
	@CsvSource({ "1000, 1", "1000, 3", "200, 3", "5000, 10" })
	void totalOutageSendsAFifthMoreInTheLongRun(int callsPerSecond, int retriesPerCall) {
		Outage outage = new Outage(callsPerSecond, retriesPerCall, (second) -> 1);
		outage.run(3600);
		double perCall = (double) (outage.calls + outage.retries - 3600 * MIN_PER_SECOND) / outage.calls;
		assertThat(perCall).isBetween(1.199, 1.201);
	}

	@Test
	void retriesOfALastingOutageFlowEvenly() {
		Outage outage = new Outage(1000, 3, (second) -> 1);
		outage.run(600);
		// All but those that were put by before.
		assertThat(outage.retriesBySecond.subList(1, 600))
			.allSatisfy((retries) -> assertThat(retries).isBetween(209, 211));
		assertThat(outage.retriesBySecond.get(0)).isBetween(299, 301);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 10 })
	void fewCallsMayAllBeRepeated(int callsPerSecond) {
		Outage outage = new Outage(callsPerSecond, 1, (second) -> 1);
		outage.run(600);
		assertThat(outage.retries).isEqualTo(outage.calls);
	}

	@Test
	void healthyServiceFailsOverABurst() {
		// One of ten instances goes away for a second, when nothing has failed before.
		Outage outage = new Outage(1000, 1, (second) -> (second == 60) ? 1 : 0);
		outage.run(61);
		assertThat(outage.retriesBySecond.get(60)).isEqualTo(1000);
	}

	@Test
	void partThatFailsIsRepeatedForEver() {
		Outage outage = new Outage(1000, 1, (second) -> 0.15);
		outage.run(600);
		assertThat(outage.retries).isEqualTo(outage.failed);
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 60, 24 * 3600, 365 * 24 * 3600 })
	void quietTimeIsWorthNoMoreThanTheWindow(long seconds) {
		for (int i = 0; i < 100_000; i++) {
			this.budget.deposit(0);
		}
		long now = seconds * SECOND;
		assertThat(this.budget.left(now)).isEqualTo(10 * MIN_PER_SECOND);
		assertThat(withdrawals(now)).isEqualTo(10 * MIN_PER_SECOND);
	}

	@Test
	void depositsAreGoneAfterTenSeconds() {
		RetryBudget budget = new RetryBudget(1, 0, 0);
		budget.deposit(0);
		budget.deposit(5 * SECOND);
		assertThat(budget.left(10 * SECOND - 1)).isEqualTo(2);
		assertThat(budget.left(10 * SECOND)).isEqualTo(1);
		assertThat(budget.left(15 * SECOND)).isZero();
	}

	@Test
	void oldestIsSpentFirst() {
		RetryBudget budget = new RetryBudget(1, 0, 0);
		budget.deposit(0);
		budget.deposit(5 * SECOND);
		assertThat(budget.tryWithdraw(6 * SECOND)).isTrue();
		assertThat(budget.left(14 * SECOND)).isEqualTo(1);
		assertThat(budget.left(15 * SECOND)).isZero();
	}

	@Test
	void partsAddUp() {
		RetryBudget budget = new RetryBudget(0.3, 0, 0);
		for (int i = 0; i < 3; i++) {
			budget.deposit(i * SECOND);
			assertThat(budget.tryWithdraw(i * SECOND)).isFalse();
		}
		budget.deposit(3 * SECOND);
		assertThat(budget.tryWithdraw(3 * SECOND)).isTrue();
		assertThat(budget.tryWithdraw(3 * SECOND)).isFalse();
	}

	@Test
	void withoutRatioAndMinimumNothingIsRepeated() {
		RetryBudget budget = new RetryBudget(0, 0, 0);
		for (int i = 0; i < 1000; i++) {
			budget.deposit(i * SECOND);
			assertThat(budget.tryWithdraw(i * SECOND)).isFalse();
		}
	}

	@Test
	void tokenThatWasNotUsedIsGivenBack() {
		assertThat(withdrawals(0)).isEqualTo(100);
		this.budget.giveBack();
		assertThat(withdrawals(0)).isEqualTo(1);
	}

	@Test
	void clockMayBeginAnywhere() {
		for (long now : new long[] { Long.MIN_VALUE + 20 * SECOND, -1, Long.MAX_VALUE - 5 * SECOND }) {
			RetryBudget budget = new RetryBudget(1, 1, now);
			budget.deposit(now + 9 * SECOND);
			assertThat(budget.left(now + 9 * SECOND)).isEqualTo(11);
		}
	}

	@Test
	@Timeout(60)
	void noTokenIsWithdrawnTwice() throws InterruptedException {
		RetryBudget shared = new RetryBudget(0.5, 0, 0);
		AtomicInteger withdrawn = new AtomicInteger();
		CountDownLatch together = new CountDownLatch(1);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Thread thread = new Thread(() -> {
				await(together);
				for (int call = 0; call < 50_000; call++) {
					shared.deposit(call % 9 * SECOND);
					if (shared.tryWithdraw(call % 9 * SECOND)) {
						withdrawn.incrementAndGet();
					}
				}
			});
			thread.start();
			threads.add(thread);
		}
		together.countDown();
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(withdrawn.get() + shared.left(8 * SECOND)).isEqualTo(4 * 50_000 / 2);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private int withdrawals(long now) {
		int count = 0;
		while (this.budget.tryWithdraw(now)) {
			count++;
		}
		return count;
	}

	/**
	 * Callers that go on calling, each of which repeats what has failed as often as the
	 * budget and its own patience allow.
	 */
	private final class Outage {

		private final int callsPerSecond;

		private final int retriesPerCall;

		private final LongToDoubleFunction failedShare;

		private final List<Integer> retriesBySecond = new ArrayList<>();

		private long calls;

		private long failed;

		private long retries;

		Outage(int callsPerSecond, int retriesPerCall, LongToDoubleFunction failedShare) {
			this.callsPerSecond = callsPerSecond;
			this.retriesPerCall = retriesPerCall;
			this.failedShare = failedShare;
		}

		void run(int seconds) {
			for (long second = 0; second < seconds; second++) {
				long before = this.retries;
				for (int i = 0; i < this.callsPerSecond; i++) {
					boolean fails = i % 100 < 100 * this.failedShare.applyAsDouble(second);
					call(second * SECOND + i * SECOND / this.callsPerSecond, fails);
				}
				this.retriesBySecond.add((int) (this.retries - before));
			}
		}

		private void call(long now, boolean fails) {
			RetryBudget budget = RetryBudgetTests.this.budget;
			budget.deposit(now);
			this.calls++;
			if (!fails) {
				return;
			}
			this.failed++;
			for (int i = 0; i < this.retriesPerCall && budget.tryWithdraw(now); i++) {
				this.retries++;
			}
		}

	}

}
