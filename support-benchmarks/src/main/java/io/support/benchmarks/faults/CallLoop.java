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
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes calls, so many at a time: when one has ended, the next one begins, on the thread
 * that told the end, as in an application that runs on event loops.
 */
final class CallLoop {

	/**
	 * A call has time-outs of its own, far shorter ones.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final LongSupplier clock;

	CallLoop(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * Makes calls, and waits until all have ended, but not for ever.
	 * @param client who makes them
	 * @param plan the calls
	 * @return what has become of them
	 */
	CallReport run(Calls client, CallPlan plan) {
		CallLedger ledger = new CallLedger(plan.calls());
		RandomGenerator random = new SplittableRandom(plan.seed());
		CountDownLatch ended = new CountDownLatch(1);
		long start = this.clock.getAsLong();
		long limit = Math.round(plan.seconds() * 1e9);
		Disposable running = Flux.range(0, plan.calls())
			.takeWhile((index) -> this.clock.getAsLong() - start < limit)
			.flatMap((index) -> paused(plan, random, start, Mono.defer(() -> call(client, plan, index, ledger))),
					plan.callers(), 1)
			.doFinally((signal) -> ended.countDown())
			.subscribe();
		await(ended, Duration.ofNanos(limit).plus(PATIENCE));
		long end = this.clock.getAsLong();
		running.dispose();
		return ledger.report(end - start);
	}

	/*
	 * The loop asks for the pauses one after the other.
	 */
	private Mono<Void> paused(CallPlan plan, RandomGenerator random, long start, Mono<Void> call) {
		if (plan.pause().isNone()) {
			return call;
		}
		return Mono.delay(Duration.ofNanos(plan.pause().nextNanos(random, this.clock.getAsLong() - start))).then(call);
	}

	private Mono<Void> call(Calls client, CallPlan plan, int index, CallLedger ledger) {
		int number = plan.first() + index;
		String right = Integer.toString(number);
		ledger.begun();
		long begun = this.clock.getAsLong();
		return (plan.post() ? client.post(number) : client.get(number)).defaultIfEmpty("")
			.doOnNext((answer) -> ledger.answered(index, this.clock.getAsLong() - begun, answer.equals(right)))
			.onErrorResume((error) -> {
				ledger.failed(index, this.clock.getAsLong() - begun, error);
				return Mono.empty();
			})
			.then();
	}

	private static void await(CountDownLatch ended, Duration limit) {
		try {
			boolean inTime = ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
			if (!inTime) {
				System.err.println("Some calls have no end after " + limit);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
