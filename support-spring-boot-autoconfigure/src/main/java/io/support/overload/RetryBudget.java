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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Decides whether something may be sent once more, so that those who repeat never
 * multiply what a service gets while it is down or slow: retries are a share of what is
 * sent anyway, and a few a second.
 * <p>
 * Whoever sends something deposits a part of a token, every second brings a few whole
 * ones, and whoever sends it once more withdraws one. What nobody has withdrawn is gone
 * after ten seconds, so that a service can put by enough to fail over a burst, and a
 * quiet night pays for nothing.
 * <p>
 * Tokens that are deposited by what is sent, and expire within a window of buckets, are
 * those of Finagle's {@code RetryBudget}. It differs in what leaves the window. There it
 * is withdrawals too, so that what a burst has spent comes back at once when the window
 * has passed; here it is what was deposited only, the oldest being spent first, so that
 * retries flow as evenly as what they repeat, however long an outage lasts.
 * <p>
 * Thread-safe, without locks; nothing is allocated. All times are nanoseconds of one
 * clock.
 */
public final class RetryBudget {

	private static final int WINDOW_SECONDS = 10;

	private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

	/*
	 * Tokens are counted in parts.
	 */
	private static final long TOKEN = 1000;

	private final long deposit;

	private final long everySecond;

	private final long origin;

	/*
	 * All that there ever was; and how much of it is gone, withdrawn or expired. Both
	 * only grow, and what is left is between them.
	 */
	private final AtomicLong granted = new AtomicLong();

	private final AtomicLong gone = new AtomicLong();

	private final AtomicLong second = new AtomicLong();

	/*
	 * What had been granted when a second began, for those in the window.
	 */
	private final AtomicLongArray grantedBefore = new AtomicLongArray(WINDOW_SECONDS);

	/**
	 * Creates a budget as it is after a quiet time.
	 * @param ratio how many tokens are deposited each time, to the thousandth; not
	 * negative
	 * @param minPerSecond how many tokens there are every second in any case; not
	 * negative
	 * @param now the time
	 */
	public RetryBudget(double ratio, int minPerSecond, long now) {
		this.deposit = Math.round(ratio * TOKEN);
		this.everySecond = minPerSecond * TOKEN;
		this.origin = now - WINDOW_SECONDS * SECOND_NANOS;
		roll(now);
	}

	/**
	 * Learns that something is sent for the first time.
	 * @param now the time
	 */
	public void deposit(long now) {
		roll(now);
		this.granted.addAndGet(this.deposit);
	}

	/**
	 * Asks whether something may be sent once more.
	 * @param now the time
	 * @return whether it may; a token has been withdrawn for it then
	 */
	public boolean tryWithdraw(long now) {
		roll(now);
		while (true) {
			long gone = this.gone.get();
			if (this.granted.get() - gone < TOKEN) {
				return false;
			}
			if (this.gone.compareAndSet(gone, gone + TOKEN)) {
				return true;
			}
		}
	}

	/**
	 * Gives a token back that was withdrawn for something that has not been sent.
	 */
	public void giveBack() {
		this.granted.addAndGet(TOKEN);
	}

	/**
	 * Returns how often something may be sent once more.
	 * @param now the time
	 * @return the tokens that are left, whole ones only
	 */
	public long left(long now) {
		roll(now);
		// In this order, since what is gone has been granted before.
		long gone = this.gone.get();
		return (this.granted.get() - gone) / TOKEN;
	}

	/*
	 * Whoever sees a new second first begins it. The others do not wait for that: what
	 * they deposit meanwhile expires a second sooner or later.
	 */
	private void roll(long now) {
		long current = (now - this.origin) / SECOND_NANOS;
		long last = this.second.get();
		if (current <= last || !this.second.compareAndSet(last, current)) {
			return;
		}
		for (long second = Math.max(last + 1, current - WINDOW_SECONDS + 1); second <= current; second++) {
			this.grantedBefore.set(slot(second), this.granted.get());
			this.granted.addAndGet(this.everySecond);
		}
		long expired = this.grantedBefore.get(slot(current - WINDOW_SECONDS + 1));
		this.gone.accumulateAndGet(expired, Math::max);
	}

	private static int slot(long second) {
		return (int) (second % WINDOW_SECONDS);
	}

}
