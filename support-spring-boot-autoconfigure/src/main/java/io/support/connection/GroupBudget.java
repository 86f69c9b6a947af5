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

package io.support.connection;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import io.support.overload.RetryBudget;
import io.support.stats.MeterTag;

/**
 * The budget that the retries and hedges of a group share, with its meters.
 */
final class GroupBudget {

	private final RetryBudget budget;

	private final LongSupplier nanoTime;

	private final LongAdder exhausted = new LongAdder();

	GroupBudget(GroupSettings settings, LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		GroupSettings.RetryBudget budget = settings.retryBudget();
		this.budget = new RetryBudget(budget.ratio(), budget.minPerSecond(), nanoTime.getAsLong());
	}

	/**
	 * Registers the meters, because the group is open. They go with those of the group.
	 * @param group the name of the group
	 * @param meters where they are registered
	 */
	void join(String group, MeterRegistry meters) {
		Tags tags = Tags.of(MeterTag.GROUP.asString(), group);
		ConnectionMeters.BUDGET_LEFT.gauge(this, GroupBudget::left).tags(tags).register(meters);
		ConnectionMeters.BUDGET_EXHAUSTED.counter(this.exhausted).tags(tags).register(meters);
	}

	void deposit() {
		this.budget.deposit(this.nanoTime.getAsLong());
	}

	boolean tryWithdraw() {
		if (this.budget.tryWithdraw(this.nanoTime.getAsLong())) {
			return true;
		}
		this.exhausted.increment();
		return false;
	}

	void giveBack() {
		this.budget.giveBack();
	}

	private long left() {
		return this.budget.left(this.nanoTime.getAsLong());
	}

	ConnectionsSnapshot.BudgetState snapshot() {
		return new ConnectionsSnapshot.BudgetState(left(), this.exhausted.sum());
	}

}
