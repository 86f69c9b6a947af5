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

package io.support.system;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.Nullable;

import io.support.stats.NewNumbers;
import io.support.stats.StreamingMeterRegistry;

/**
 * Reads off the meters and the JVM what the {@link History} remembers: gauges as they
 * are, counters and timers as what has come since the last look. For one thread.
 */
final class HistoryReader {

	private static final String LOOP_DELAY = "support.eventloop.delay";

	private static final String QUEUE_AGE = "support.acceptor.queue.age";

	private static final String QUEUE_AGE_LIMIT = "support.acceptor.queue.age.limit";

	private static final String ADMITTED = "support.admission.admitted";

	private static final String REQUESTS_REFUSED = "support.admission.refused";

	private static final String CONNECTIONS_REFUSED = "support.acceptor.refused";

	/** What a server without admission counts its requests by. */
	private static final String SERVED = "http.server.requests";

	private static final String QUEUED = "support.dispatch.queued";

	private static final String SENT = "support.connections.request";

	private static final Set<String> VALUES = Set.of(ADMITTED, REQUESTS_REFUSED, CONNECTIONS_REFUSED, QUEUE_AGE_LIMIT,
			"support.acceptor.accepted", "support.acceptor.connections", "support.acceptor.queue.depth",
			"support.admission.inflight", "support.admission.limit", "support.admission.delay.limit",
			"support.eventloop.stalls", "support.dispatch.depth", "support.dispatch.rejected",
			"support.system.heap.collected", "support.system.collection.time", "support.connections.failures");

	private static final Set<String> COUNTS = Set.of(SERVED, QUEUED, SENT);

	private final StreamingMeterRegistry registry;

	private final LongSupplier nanoTime;

	private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

	private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();

	private final CpuTimes cpu;

	private final Timed loopDelay = new Timed(LOOP_DELAY);

	private final Timed queueAge = new Timed(QUEUE_AGE);

	private final Map<String, Timed> delayOfEach = new HashMap<>();

	private final Map<String, Timed> queued = new HashMap<>();

	private final Map<String, Timed> responseTime = new HashMap<>();

	/** The timers whose new numbers are looked at, of some hundreds in the registry. */
	private final CopyOnWriteArrayList<Meter> timers = new CopyOnWriteArrayList<>();

	private Map<Meter.Id, Double> before = Map.of();

	private long beforeNanos;

	/**
	 * Creates a reader.
	 * @param registry where the meters are
	 * @param nanoTime the time in nanoseconds
	 */
	HistoryReader(StreamingMeterRegistry registry, LongSupplier nanoTime) {
		this.registry = registry;
		this.nanoTime = nanoTime;
		this.cpu = new CpuTimes(nanoTime);
		registry.config().onMeterAdded(this::added).onMeterRemoved(this.timers::remove);
		registry.getMeters().forEach(this::added);
	}

	private void added(Meter meter) {
		if (Set.of(LOOP_DELAY, QUEUE_AGE, QUEUED, SENT).contains(meter.getId().getName())) {
			this.timers.addIfAbsent(meter);
		}
	}

	/**
	 * Looks at the process.
	 * @return what has changed since the last time, and what is
	 */
	History.Values read() {
		Map<Meter.Id, Double> now = new HashMap<>(this.registry.values(VALUES::contains));
		now.putAll(this.registry.counts(COUNTS::contains));
		long nanos = this.nanoTime.getAsLong();
		double seconds = (nanos - this.beforeNanos) / 1e9;
		Look look = new Look(now, this.before, (this.before.isEmpty() || seconds <= 0) ? Double.NaN : seconds);
		History.Values values = new History.Values();
		requests(look, values);
		process(look, values);
		loops(look, values);
		acceptor(look, values);
		admission(look, values);
		dispatch(look, values);
		connections(look, values);
		this.before = now;
		this.beforeNanos = nanos;
		return values;
	}

	private void requests(Look look, History.Values values) {
		values.put(HistoryChart.REQUESTS, "served", look.rate(look.has(ADMITTED) ? ADMITTED : SERVED));
		values.put(HistoryChart.REQUESTS, "refused", look.rate(REQUESTS_REFUSED));
		values.put(HistoryChart.REQUESTS, "connections refused", look.rate(CONNECTIONS_REFUSED));
	}

	private void process(Look look, History.Values values) {
		this.cpu.look();
		values.put(HistoryChart.CPU, "this process", this.cpu.processRatio());
		values.put(HistoryChart.CPU, "the host", this.cpu.hostRatio());
		values.put(HistoryChart.LOAD, "load average", known(this.system.getSystemLoadAverage()));
		values.put(HistoryChart.LOAD, "processors", this.system.getAvailableProcessors());
		values.put(HistoryChart.HEAP, "used", (double) this.memory.getHeapMemoryUsage().getUsed());
		values.put(HistoryChart.HEAP, "after collection", look.value("support.system.heap.collected"));
		values.put(HistoryChart.COLLECTIONS, "collecting", look.rate("support.system.collection.time"));
	}

	private static double known(double value) {
		return (value >= 0) ? value : Double.NaN;
	}

	private void loops(Look look, History.Values values) {
		this.loopDelay.look(this.timers);
		this.loopDelay.put(values, HistoryChart.LOOP_DELAY);
		each(this.delayOfEach, LOOP_DELAY, "loop").forEach((loop, timed) -> {
			timed.look(this.timers);
			values.put(HistoryChart.DELAY_OF_EACH, loop, timed.numbers.quantile(1));
		});
		values.putAll(HistoryChart.STALLS, look.rates("support.eventloop.stalls", "kind"));
	}

	private void acceptor(Look look, History.Values values) {
		this.queueAge.look(this.timers);
		this.queueAge.put(values, HistoryChart.QUEUE_AGE);
		values.put(HistoryChart.QUEUE_AGE, "allowed", look.value(QUEUE_AGE_LIMIT) * 1e9);
		values.put(HistoryChart.CONNECTIONS, "served", look.value("support.acceptor.connections"));
		values.put(HistoryChart.CONNECTIONS, "waiting", look.value("support.acceptor.queue.depth"));
		values.put(HistoryChart.ACCEPTED, "accepted", look.rate("support.acceptor.accepted"));
		values.putAll(HistoryChart.CONNECTIONS_REFUSED, look.rates(CONNECTIONS_REFUSED, "reason"));
	}

	private static void admission(Look look, History.Values values) {
		values.put(HistoryChart.LOOP_DELAY, "allowed", look.value("support.admission.delay.limit") * 1e9);
		values.put(HistoryChart.ADMITTED, "admitted", look.rate(ADMITTED));
		values.putAll(HistoryChart.REQUESTS_REFUSED, look.rates(REQUESTS_REFUSED, "reason"));
		values.put(HistoryChart.IN_FLIGHT, "in flight", look.value("support.admission.inflight"));
		values.put(HistoryChart.IN_FLIGHT, "limit", look.value("support.admission.limit"));
	}

	private void dispatch(Look look, History.Values values) {
		values.putAll(HistoryChart.DEPTH, look.values("support.dispatch.depth", "dispatcher"));
		values.putAll(HistoryChart.CALLS, look.rates(QUEUED, "dispatcher"));
		each(this.queued, QUEUED, "dispatcher").forEach((dispatcher, timed) -> {
			timed.look(this.timers);
			values.put(HistoryChart.QUEUED, dispatcher, timed.numbers.quantile(0.99));
		});
		values.putAll(HistoryChart.CALLS_REJECTED, look.rates("support.dispatch.rejected", "reason"));
	}

	private void connections(Look look, History.Values values) {
		values.putAll(HistoryChart.SENT, look.rates(SENT, "group"));
		each(this.responseTime, SENT, "group").forEach((group, timed) -> {
			timed.look(this.timers);
			values.put(HistoryChart.RESPONSE_TIME, group, timed.numbers.quantile(0.99));
		});
		values.putAll(HistoryChart.FAILED, look.rates("support.connections.failures", "reason"));
	}

	/*
	 * No more than are drawn, however many there are; the first come first.
	 */
	private Map<String, Timed> each(Map<String, Timed> known, String name, String tag) {
		for (Meter timer : this.timers) {
			String value = timer.getId().getTag(tag);
			if (timer.getId().getName().equals(name) && value != null && known.size() < History.MAX_LINES) {
				known.computeIfAbsent(value, (key) -> new Timed(name, tag, key));
			}
		}
		return known;
	}

	/**
	 * Some timers, and what came into them since the last look.
	 */
	private static final class Timed {

		private final NewNumbers numbers = new NewNumbers();

		private final String name;

		private final @Nullable String tag;

		private final @Nullable String value;

		Timed(String name) {
			this(name, null, null);
		}

		Timed(String name, @Nullable String tag, @Nullable String value) {
			this.name = name;
			this.tag = tag;
			this.value = value;
		}

		void look(List<Meter> timers) {
			List<Meter> these = new ArrayList<>();
			for (Meter timer : timers) {
				if (timer.getId().getName().equals(this.name)
						&& (this.tag == null || String.valueOf(this.value).equals(timer.getId().getTag(this.tag)))) {
					these.add(timer);
				}
			}
			this.numbers.look(these);
		}

		void put(History.Values values, HistoryChart chart) {
			values.put(chart, "p99", this.numbers.quantile(0.99));
			values.put(chart, "max", this.numbers.quantile(1));
		}

	}

	/**
	 * Two looks at the meters.
	 *
	 * @param now the values now
	 * @param before those at the last look
	 * @param seconds the time in between, {@code NaN} if there was none before
	 */
	private record Look(Map<Meter.Id, Double> now, Map<Meter.Id, Double> before, double seconds) {

		boolean has(String name) {
			return this.now.keySet().stream().anyMatch((id) -> id.getName().equals(name));
		}

		double value(String name) {
			return sum(values(name, null));
		}

		double rate(String name) {
			return sum(rates(name, null));
		}

		private static double sum(Map<String, Double> values) {
			return values.values().stream().mapToDouble(Double::doubleValue).reduce(Double::sum).orElse(Double.NaN);
		}

		Map<String, Double> values(String name, @Nullable String tag) {
			Map<String, Double> values = new TreeMap<>();
			this.now.forEach((id, value) -> {
				if (id.getName().equals(name)) {
					values.merge(line(id, tag), value, Double::sum);
				}
			});
			return values;
		}

		Map<String, Double> rates(String name, @Nullable String tag) {
			Map<String, Double> rates = new TreeMap<>();
			this.now.forEach((id, value) -> {
				if (id.getName().equals(name)) {
					double more = value - this.before.getOrDefault(id, 0.0);
					// Less than before is a count that has begun anew.
					rates.merge(line(id, tag), Math.max(0, more) / this.seconds, Double::sum);
				}
			});
			return rates;
		}

		private static String line(Meter.Id id, @Nullable String tag) {
			String value = (tag != null) ? id.getTag(tag) : null;
			return (value != null) ? value : "";
		}

	}

}
