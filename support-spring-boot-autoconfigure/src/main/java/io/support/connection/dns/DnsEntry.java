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

package io.support.connection.dns;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.ScheduledFuture;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * What is known of one name. Asks for it, and again when nine tenths of the answer's time
 * to live are over, as long as somebody wants to know; there is never more than one query
 * for each type of record on its way. What DNS has said is good until DNS gives other
 * records: neither a failure nor "no such name" takes the last ones away.
 * <p>
 * Everything but who watches belongs to one event loop.
 *
 * @param <T> the type of the records
 */
final class DnsEntry<T> {

	private static final Log logger = LogFactory.getLog(DnsEntry.class);

	private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

	private static final Duration LAST_RETRY = Duration.ofSeconds(10);

	private final String name;

	private final RecordKind<T> kind;

	private final List<Lookup<T>> lookups;

	private final EventLoop loop;

	private final DnsSettings settings;

	private final DnsListener listener;

	private final Consumer<DnsEntry<T>> unwatched;

	private final Sinks.Many<DnsAnswer<T>> answers = Sinks.many().replay().latestOrDefault(DnsAnswer.pending());

	/** Who watches, and how often. Changed under the lock of the directory. */
	private final Map<String, Integer> watchers = new ConcurrentHashMap<>();

	private final Map<Lookup<T>, List<T>> known = new LinkedHashMap<>();

	private List<T> local = List.of();

	private DnsAnswer<T> last = DnsAnswer.pending();

	private @Nullable Cycle<T> cycle;

	private @Nullable ScheduledFuture<?> next;

	private int failures;

	private boolean closed;

	/**
	 * Creates an entry, which does not ask yet.
	 * @param name the name
	 * @param kind what is asked for
	 * @param loop the loop that asks
	 * @param settings for how long answers are used
	 * @param listener is told of every resolution
	 * @param unwatched is given the entry when it would ask again, but nobody watches
	 */
	DnsEntry(String name, RecordKind<T> kind, EventLoop loop, DnsSettings settings, DnsListener listener,
			Consumer<DnsEntry<T>> unwatched) {
		this.name = name;
		this.kind = kind;
		this.lookups = kind.lookups().apply(name);
		this.loop = loop;
		this.settings = settings;
		this.listener = listener;
		this.unwatched = unwatched;
	}

	Flux<DnsAnswer<T>> answers() {
		return this.answers.asFlux();
	}

	boolean isWatched() {
		return !this.watchers.isEmpty();
	}

	void watch(String group) {
		if (this.watchers.merge(group, 1, Integer::sum) == 1) {
			this.listener.watched(this.name, group);
		}
		this.loop.execute(this::begin);
	}

	void unwatch(String group) {
		if (this.watchers.computeIfPresent(group, (key, count) -> (count > 1) ? count - 1 : null) == null) {
			this.listener.forgotten(this.name, group);
		}
	}

	private void begin() {
		if (this.next == null) {
			ask();
		}
	}

	private void ask() {
		if (this.closed || this.cycle != null) {
			return;
		}
		List<T> local = this.kind.local().apply(this.name);
		if (local != null) {
			this.local = local;
			publish();
			askAgainAfter(this.settings.maxTtl());
			return;
		}
		Cycle<T> begun = new Cycle<>(this.lookups.size(),
				this.listener.begin(this.name, Set.copyOf(this.watchers.keySet())));
		this.cycle = begun;
		for (Lookup<T> lookup : this.lookups) {
			lookup.ask().addListener((FutureListener<List<T>>) (future) -> answered(begun, lookup, future));
		}
	}

	private void answered(Cycle<T> cycle, Lookup<T> lookup, Future<List<T>> future) {
		if (future.isSuccess()) {
			this.known.put(lookup, future.getNow());
			cycle.found = true;
			cycle.seconds = Math.min(cycle.seconds, lookup.seconds());
			// What is needed by those who wait is there, whatever the other lookup
			// brings.
			publish();
		}
		else {
			if (DnsFailure.of(future.cause()) == DnsFailure.NOT_FOUND) {
				cycle.absent.add(lookup);
			}
			cycle.error = future.cause();
		}
		if (--cycle.outstanding == 0) {
			ended(cycle);
		}
	}

	private void ended(Cycle<T> ended) {
		this.cycle = null;
		if (ended.found) {
			this.known.keySet().removeAll(ended.absent);
			publish();
			succeeded(ended);
		}
		else {
			failed(ended, Objects.requireNonNull(ended.error));
		}
	}

	private void succeeded(Cycle<T> ended) {
		if (this.failures > 0) {
			logger.info(this.name + " is resolved again");
		}
		this.failures = 0;
		ended.resolution.succeeded();
		Duration ttl = this.settings.timeToLive(ended.seconds);
		askAgainAfter(ttl.minus(ttl.dividedBy(10)));
	}

	private void failed(Cycle<T> ended, Throwable error) {
		ended.resolution.failed(DnsFailure.of(error), error);
		if (this.last.records().isEmpty()) {
			emit(DnsAnswer.failed(error));
		}
		if (this.failures++ == 0) {
			logger.warn(this.name + " cannot be resolved, "
					+ (this.last.records().isEmpty() ? "nothing is known of it" : "what was known before is still used")
					+ ": " + error.getMessage());
		}
		long wait = FIRST_RETRY.toMillis() << Math.min(this.failures - 1, 10);
		askAgainAfter(Duration.ofMillis(Math.min(wait, LAST_RETRY.toMillis())));
	}

	private void publish() {
		List<T> records = Stream.concat(this.local.stream(), this.known.values().stream().flatMap(List::stream))
			.distinct()
			.sorted(this.kind.order())
			.toList();
		if (!records.equals(this.last.records())) {
			emit(DnsAnswer.of(records));
		}
	}

	private void emit(DnsAnswer<T> answer) {
		if (!this.closed) {
			this.last = answer;
			this.answers.tryEmitNext(answer).orThrow();
		}
	}

	private void askAgainAfter(Duration wait) {
		if (!this.closed) {
			this.next = this.loop.schedule(this::due, wait.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void due() {
		this.next = null;
		if (isWatched()) {
			ask();
		}
		else {
			this.unwatched.accept(this);
		}
	}

	/**
	 * Asks no more.
	 */
	void close() {
		try {
			this.loop.execute(() -> {
				this.closed = true;
				if (this.next != null) {
					this.next.cancel(false);
				}
				this.answers.tryEmitComplete();
				this.lookups.forEach(Lookup::close);
			});
		}
		catch (RejectedExecutionException ex) {
			// The loop has ended, and everything with it.
		}
	}

	/**
	 * One time that a name is asked for.
	 *
	 * @param <T> the type of the records
	 */
	private static final class Cycle<T> {

		private final DnsListener.Resolution resolution;

		private final Set<Lookup<T>> absent = new HashSet<>();

		private int outstanding;

		private long seconds = Long.MAX_VALUE;

		private boolean found;

		private @Nullable Throwable error;

		Cycle(int outstanding, DnsListener.Resolution resolution) {
			this.outstanding = outstanding;
			this.resolution = resolution;
		}

	}

}
