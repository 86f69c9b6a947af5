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

package io.support.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What an application should not do on an event loop, in places of different names. Those
 * that wait are known to BlockHound by their names.
 */
public final class SlowCode {

	private SlowCode() {
	}

	public static void orders(Duration time) throws InterruptedException {
		new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
	}

	public static void payments(Duration time) throws InterruptedException {
		new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
	}

	public static void refunds(Duration time) throws InterruptedException {
		new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
	}

	public static void reports(Duration time) throws InterruptedException {
		new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Computes for a time.
	 * @param time how long
	 * @return something
	 */
	public static long compute(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		long rounds = 0;
		while (System.nanoTime() - end < 0) {
			rounds++;
		}
		return rounds;
	}

}
