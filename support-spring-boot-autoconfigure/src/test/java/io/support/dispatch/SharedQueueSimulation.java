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

package io.support.dispatch;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.support.overload.SojournSettings;

/**
 * A pool of threads behind a queue that calls of requests share with calls in the
 * background, in virtual time.
 */
final class SharedQueueSimulation {

	private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private final SharedQueueControl control;

	private final long serviceNanos;

	private final PriorityQueue<Call> arrivals = new PriorityQueue<>(Comparator.comparingLong(Call::at));

	private final PriorityQueue<Call> completions = new PriorityQueue<>(Comparator.comparingLong(Call::at));

	private final Deque<Call> queue = new ArrayDeque<>();

	private final Random random = new Random(3);

	private int idleThreads;

	private int waitingRequests;

	int requests;

	int servedRequests;

	int servedInBackground;

	int refused;

	long lastRefusal;

	long maxRequestAge;

	SharedQueueSimulation(SojournSettings settings, int threads, long serviceNanos) {
		this.control = new SharedQueueControl(settings, 0);
		this.idleThreads = threads;
		this.serviceNanos = serviceNanos;
	}

	SharedQueueSimulation requests(long... arrivals) {
		for (long arrival : arrivals) {
			this.arrivals.add(new Call(arrival, true, false, true));
		}
		return this;
	}

	SharedQueueSimulation background(long... arrivals) {
		for (long arrival : arrivals) {
			this.arrivals.add(new Call(arrival, false, false, true));
		}
		return this;
	}

	/**
	 * Adds calls in the background that begin again whenever they are done.
	 */
	SharedQueueSimulation endless(int calls) {
		for (int i = 0; i < calls; i++) {
			this.arrivals.add(new Call(i * TimeUnit.MILLISECONDS.toNanos(2), false, true, true));
		}
		return this;
	}

	void run(long untilNanos) {
		long sweep = 0;
		while (true) {
			long arrival = this.arrivals.isEmpty() ? Long.MAX_VALUE : this.arrivals.element().at;
			long completion = this.completions.isEmpty() ? Long.MAX_VALUE : this.completions.element().at;
			long now = Math.min(Math.min(arrival, completion), (this.waitingRequests == 0) ? Long.MAX_VALUE : sweep);
			if (now >= untilNanos) {
				return;
			}
			if (now == completion) {
				complete(this.completions.remove(), now);
			}
			else if (now == arrival) {
				arrive(this.arrivals.remove(), now);
			}
			if (now >= sweep) {
				expire(now);
				sweep = now + SWEEP_NANOS;
			}
			serve(now);
		}
	}

	private void complete(Call call, long now) {
		this.idleThreads++;
		if (call.endless) {
			this.arrivals.add(new Call(now, false, true, true));
		}
	}

	private void arrive(Call call, long now) {
		if (!call.request) {
			this.queue.addLast(call);
			return;
		}
		this.requests++;
		boolean behindRequests = SharedQueueControl.isBehindRequests(this.waitingRequests, this.queue.size());
		if (this.control.admits(behindRequests, this.queue.size(), now)) {
			this.queue.addLast(new Call(now, true, false, behindRequests));
			this.waitingRequests++;
		}
		else {
			refuse(now);
		}
	}

	private void refuse(long now) {
		this.refused++;
		this.lastRefusal = now;
	}

	private void expire(long now) {
		for (Iterator<Call> calls = this.queue.iterator(); calls.hasNext();) {
			Call call = calls.next();
			if (call.request && this.control.isTooOld(now - call.at, call.behindRequests, now)) {
				calls.remove();
				expired(now);
			}
		}
	}

	private void expired(long now) {
		this.waitingRequests--;
		this.control.expired(now);
		refuse(now);
	}

	private void serve(long now) {
		while (this.idleThreads > 0 && !this.queue.isEmpty()) {
			Call call = this.queue.removeFirst();
			long age = now - call.at;
			if (!call.request) {
				this.control.backgroundDeparted(this.queue.size(), now);
				this.servedInBackground++;
			}
			else if (this.control.isTooOld(age, call.behindRequests, now)) {
				expired(now);
				continue;
			}
			else {
				this.waitingRequests--;
				this.control.requestDeparted(age, call.behindRequests, this.queue.size(), now);
				this.servedRequests++;
				this.maxRequestAge = Math.max(this.maxRequestAge, age);
			}
			this.idleThreads--;
			long service = this.serviceNanos + this.random.nextInt((int) TimeUnit.MILLISECONDS.toNanos(1));
			this.completions.add(new Call(now + service, call.request, call.endless, true));
		}
	}

	/**
	 * A call.
	 *
	 * @param at when it comes, or is done
	 * @param request whether it belongs to a request
	 * @param endless whether it begins again when it is done
	 * @param behindRequests whether it waits for requests
	 */
	private record Call(long at, boolean request, boolean endless, boolean behindRequests) {

	}

}
