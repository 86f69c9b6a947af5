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

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import io.support.stats.MeterTag;

/**
 * What happened to the calls of one method on one dispatcher, as meters and as numbers of
 * its own that can be read without a registry. Written from any thread without locks.
 */
final class CallStatistics {

	private final String method;

	private final KeyValues attributes;

	private final LongAdder calls = new LongAdder();

	private final LongAdder runs = new LongAdder();

	private final LongAdder totalNanos = new LongAdder();

	private final LongAccumulator maxNanos = new LongAccumulator(Long::max, 0);

	private final LongAdder totalQueuedNanos = new LongAdder();

	private final Map<InlineReason, LongAdder> inline = new EnumMap<>(InlineReason.class);

	private final Map<DispatchRejectedException.Reason, LongAdder> rejected = new EnumMap<>(
			DispatchRejectedException.Reason.class);

	private final LongAdder cancelled = new LongAdder();

	private final LongAdder timeouts = new LongAdder();

	private final Timer queuedTimer;

	private final Timer durationTimer;

	private final DistributionSummary resultSizes;

	private final LongAdder sizedResults = new LongAdder();

	private final LongAdder totalSize = new LongAdder();

	private final LongAccumulator maxSize = new LongAccumulator(Long::max, 0);

	CallStatistics(String dispatcher, String method, MeterRegistry registry) {
		this.method = method;
		String[] tags = { MeterTag.DISPATCHER.asString(), dispatcher, MeterTag.METHOD.asString(), method };
		this.attributes = KeyValues.of(tags);
		this.queuedTimer = DispatchMeters.QUEUED.timer().tags(tags).register(registry);
		this.durationTimer = DispatchMeters.DURATION.timer().tags(tags).register(registry);
		this.resultSizes = DispatchMeters.RESULT_SIZE.summary().tags(tags).register(registry);
		DispatchMeters.CANCELLED.counter(this.cancelled).tags(tags).register(registry);
		DispatchMeters.TIMEOUTS.counter(this.timeouts).tags(tags).register(registry);
		for (InlineReason reason : InlineReason.values()) {
			LongAdder count = new LongAdder();
			this.inline.put(reason, count);
			DispatchMeters.INLINE.counter(count)
				.tags(tags)
				.tag(MeterTag.REASON.asString(), reason.tag())
				.register(registry);
		}
		for (DispatchRejectedException.Reason reason : DispatchRejectedException.Reason.values()) {
			LongAdder count = new LongAdder();
			this.rejected.put(reason, count);
			DispatchMeters.REJECTED.counter(count)
				.tags(tags)
				.tag(MeterTag.REASON.asString(), reason.tag())
				.register(registry);
		}
	}

	String method() {
		return this.method;
	}

	/**
	 * Returns what is the same for all calls of the method.
	 * @return the dispatcher and the method
	 */
	KeyValues attributes() {
		return this.attributes;
	}

	/**
	 * Counts a call that is to be dispatched.
	 */
	void called() {
		this.calls.increment();
	}

	void queued(long nanos) {
		this.totalQueuedNanos.add(nanos);
		this.queuedTimer.record(nanos, TimeUnit.NANOSECONDS);
	}

	void ran(long nanos) {
		this.runs.increment();
		this.totalNanos.add(nanos);
		this.maxNanos.accumulate(nanos);
		this.durationTimer.record(nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Measures what a call has returned, if it has a size.
	 * @param result the result
	 */
	void returned(@Nullable Object result) {
		long size = ResultSize.of(result);
		if (size != ResultSize.NONE) {
			returned(size);
		}
	}

	/**
	 * Measures what a call has returned.
	 * @param size the size of the result
	 */
	void returned(long size) {
		this.sizedResults.increment();
		this.totalSize.add(size);
		this.maxSize.accumulate(size);
		this.resultSizes.record((double) size);
	}

	/**
	 * Counts a call that runs in place. One that does so for being starved has been
	 * counted before, as one that is to be dispatched.
	 * @param reason why
	 */
	@SuppressWarnings("NullAway") // the map has every reason
	void inline(InlineReason reason) {
		this.inline.get(reason).increment();
	}

	@SuppressWarnings("NullAway") // the map has every reason
	void rejected(DispatchRejectedException.Reason reason) {
		this.rejected.get(reason).increment();
	}

	void cancelled() {
		this.cancelled.increment();
	}

	void timedOut() {
		this.timeouts.increment();
	}

	long rejections() {
		return this.rejected.values().stream().mapToLong(LongAdder::sum).sum();
	}

	/**
	 * Returns what happened so far.
	 * @param queueDepth how many calls wait at the moment
	 * @param active how many run
	 * @param oldestAgeNanos how long ago the oldest of them began to wait
	 * @return the figures
	 */
	Snapshot snapshot(int queueDepth, int active, long oldestAgeNanos) {
		long runs = this.runs.sum();
		Map<String, Long> inline = new TreeMap<>();
		this.inline.forEach((reason, count) -> inline.put(reason.tag(), count.sum()));
		Map<String, Long> rejected = new TreeMap<>();
		this.rejected.forEach((reason, count) -> rejected.put(reason.tag(), count.sum()));
		long calls = this.calls.sum();
		for (InlineReason reason : InlineReason.values()) {
			calls += reason.isNeverDispatched() ? inline.getOrDefault(reason.tag(), 0L) : 0;
		}
		return new Snapshot(queueDepth, active, oldestAgeNanos, calls, Collections.unmodifiableMap(inline),
				rejections(), Collections.unmodifiableMap(rejected), this.cancelled.sum(), this.timeouts.sum(),
				mean(this.totalQueuedNanos.sum(), runs), mean(this.totalNanos.sum(), runs), this.maxNanos.get(),
				sizes());
	}

	private @Nullable Sizes sizes() {
		long count = this.sizedResults.sum();
		return (count == 0) ? null : new Sizes((double) this.totalSize.sum() / count, this.maxSize.get());
	}

	private static long mean(long total, long count) {
		return (count == 0) ? 0 : total / count;
	}

	/**
	 * What happened to the calls of one method since the application started, and
	 * happens.
	 *
	 * @param queueDepth how many wait for a thread now
	 * @param active how many run now, on a thread of the dispatcher
	 * @param oldestAgeNanos how long ago the oldest of these began to wait
	 * @param calls how many there were, dispatched, in place and refused
	 * @param inline how many ran in place, by reason
	 * @param rejected how many were refused
	 * @param rejectedByReason how many were refused, by reason
	 * @param cancelled how many left the queue because their caller had gone
	 * @param timeouts how many did not finish in time
	 * @param meanQueuedNanos mean time in the queue, of those that were dispatched
	 * @param meanDurationNanos mean time on a thread, of those that were dispatched
	 * @param maxDurationNanos longest time on a thread
	 * @param resultSize the size of results; {@code null} if none had one
	 */
	record Snapshot(int queueDepth, int active, long oldestAgeNanos, long calls, Map<String, Long> inline,
			long rejected, Map<String, Long> rejectedByReason, long cancelled, long timeouts, long meanQueuedNanos,
			long meanDurationNanos, long maxDurationNanos, @Nullable Sizes resultSize) {

	}

	/**
	 * The sizes of what calls returned: bytes, characters or elements.
	 *
	 * @param mean the mean
	 * @param max the largest
	 */
	record Sizes(double mean, long max) {

	}

}
