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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallLoop} and {@link CallLedger}.
 */
@Timeout(60)
class CallLoopTests {

	private final AtomicLong clock = new AtomicLong();

	private final CallLoop loop = new CallLoop(this.clock::get);

	@Test
	void everyCallIsAnsweredOrWrongOrFailed() {
		CallReport report = this.loop.run(client((call) -> switch (call % 4) {
			case 0 -> Mono.just(Integer.toString(call));
			case 1 -> Mono.just("surplus");
			case 2 -> Mono.empty();
			default -> Mono.error(new IOException());
		}), plan(100, 7));
		assertThat(report.calls()).isEqualTo(100);
		assertThat(report.answered()).isEqualTo(25);
		assertThat(report.wrong()).isEqualTo(50);
		assertThat(report.errors()).isEqualTo(Map.of("IOException", 25));
		assertThat(report.failed()).isEqualTo(75);
		assertThat(report.endless()).isZero();
		assertThat(report.times().count()).isEqualTo(100);
	}

	@Test
	void callsAreNumberedFromTheFirstOfThePlan() {
		AtomicInteger sum = new AtomicInteger();
		CallPlan plan = new CallPlan(true, 1000, 3, 2, 10, Pause.NONE, 1);
		CallReport report = this.loop.run(client((call) -> {
			sum.addAndGet(call);
			return Mono.just(Integer.toString(call));
		}), plan);
		assertThat(report.answered()).isEqualTo(3);
		assertThat(sum).hasValue(1000 + 1001 + 1002);
	}

	@Test
	void onlySoManyAreUnderWay() {
		AtomicInteger underWay = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CallReport report = this.loop.run(client((call) -> Mono.just(Integer.toString(call))
			.delayElement(Duration.ofMillis(1))
			.doFirst(() -> most.accumulateAndGet(underWay.incrementAndGet(), Math::max))
			.doOnTerminate(underWay::decrementAndGet)), plan(200, 5));
		assertThat(report.answered()).isEqualTo(200);
		assertThat(most).hasValue(5);
	}

	@Test
	void noneIsBegunAfterTheTime() {
		CallReport report = this.loop.run(client((call) -> {
			this.clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
			return Mono.just(Integer.toString(call));
		}), plan(1000, 1));
		assertThat(report.calls()).isEqualTo(10).isEqualTo(report.answered());
		assertThat(report.times().p50Nanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
		assertThat(report.nanos()).isEqualTo(TimeUnit.SECONDS.toNanos(10));
	}

	@Test
	void timeOfFailureIsKeptToo() {
		CallReport report = this.loop.run(client((call) -> {
			this.clock.addAndGet(1000);
			return Mono.error(new IOException());
		}), plan(3, 1));
		assertThat(report.times().p99Nanos()).isEqualTo(1000);
	}

	@Test
	void pauseComesBeforeTheCallAndDoesNotCount() {
		CallReport report = new CallLoop(System::nanoTime).run(client((call) -> Mono.just(Integer.toString(call))),
				new CallPlan(false, 0, 20, 1, 10, Pause.about(Duration.ofMillis(2)), 1));
		assertThat(report.answered()).isEqualTo(20);
		assertThat(report.nanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(20));
	}

	@Test
	void callWithoutEndIsSeen() {
		CallLedger ledger = new CallLedger(2);
		ledger.begun();
		ledger.begun();
		ledger.answered(0, 5, true);
		assertThat(ledger.report(10).endless()).isEqualTo(1);
		assertThat(ledger.report(10).failed()).isEqualTo(1);
	}

	private static CallPlan plan(int calls, int callers) {
		return new CallPlan(false, 0, calls, callers, 10, Pause.NONE, 1);
	}

	private static Calls client(IntFunction<Mono<String>> call) {
		return new Calls() {

			@Override
			public Mono<String> get(int number) {
				return call.apply(number);
			}

			@Override
			public Mono<String> post(int number) {
				return call.apply(number);
			}

		};
	}

}
