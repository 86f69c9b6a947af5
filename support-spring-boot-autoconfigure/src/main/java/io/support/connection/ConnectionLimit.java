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

import java.util.concurrent.atomic.AtomicInteger;

import reactor.netty.resources.ConnectionProvider.AllocationStrategy;

/**
 * How many connections a group may have, over all its addresses. The pools of the
 * addresses share one, hence {@link #copy()} does not copy.
 */
final class ConnectionLimit implements AllocationStrategy<ConnectionLimit> {

	private final int maximum;

	private final AtomicInteger granted = new AtomicInteger();

	ConnectionLimit(int maximum) {
		this.maximum = maximum;
	}

	@Override
	public ConnectionLimit copy() {
		return this;
	}

	@Override
	public int estimatePermitCount() {
		return this.maximum - this.granted.get();
	}

	@Override
	public int getPermits(int desired) {
		int before = this.granted.getAndUpdate((granted) -> Math.min(this.maximum, granted + desired));
		return Math.min(desired, this.maximum - before);
	}

	@Override
	public int permitGranted() {
		return this.granted.get();
	}

	@Override
	public int permitMinimum() {
		return 0;
	}

	@Override
	public int permitMaximum() {
		return this.maximum;
	}

	@Override
	public void returnPermits(int returned) {
		this.granted.addAndGet(-returned);
	}

}
