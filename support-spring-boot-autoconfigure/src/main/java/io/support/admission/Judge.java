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

package io.support.admission;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.support.overload.AdaptiveLimit;
import io.support.overload.AdaptiveLimitSnapshot;
import io.support.overload.Priority;
import io.support.stats.RefusalTally;

/**
 * Decides about the requests of one server: by the delay of the event loop that a request
 * is on, and by how many are in flight in all. Thread-safe.
 */
final class Judge {

	private static final Logger logger = LoggerFactory.getLogger(Judge.class);

	private final AdmissionRules rules;

	private final @Nullable AdaptiveLimit limit;

	private final AdmissionStatistics statistics;

	private final LongSupplier clock;

	private final Consumer<String> paths;

	private final RefusalTally tally;

	/**
	 * Creates a judge.
	 * @param settings the rules
	 * @param statistics where verdicts are counted
	 * @param paths takes the path of each request that is admitted
	 * @param clock gives the time in nanoseconds
	 */
	Judge(AdmissionSettings settings, AdmissionStatistics statistics, Consumer<String> paths, LongSupplier clock) {
		this.paths = paths;
		this.rules = settings.rules();
		this.limit = (settings.limit() != null) ? new AdaptiveLimit(settings.limit(), clock.getAsLong()) : null;
		this.statistics = statistics;
		this.clock = clock;
		this.tally = new RefusalTally(Stream.of(Verdict.values()).filter(Verdict::isRefusal).map(Verdict::tag).toList(),
				Judge::inASecond, this::tell);
	}

	/**
	 * Judges a request.
	 * @param request the request
	 * @param turn the turn of its event loop
	 * @return the verdict; what is {@linkplain Verdict#ADMITTED admitted} is in flight
	 * until {@link #answered} or {@link #abandoned}
	 */
	Verdict judge(HttpRequest request, LoopTurn turn) {
		if (matches(this.rules.exempt(), request.uri())) {
			this.statistics.admitted();
			return Verdict.EXEMPT;
		}
		Priority priority = priority(request);
		if (!turn.admits(priority)) {
			return refused(Verdict.DELAY, priority);
		}
		if (this.limit != null && !this.limit.tryAcquire(priority, this.clock.getAsLong())) {
			return refused(Verdict.LIMIT, priority);
		}
		this.statistics.started();
		this.paths.accept(RequestHead.path(request.uri()));
		return Verdict.ADMITTED;
	}

	private Verdict refused(Verdict verdict, Priority priority) {
		this.statistics.refused(verdict, priority);
		this.tally.refused(verdict.tag());
		return verdict;
	}

	/**
	 * Learns that the answer to a request has begun.
	 * @param served whether it was served rather than refused farther in
	 */
	void answered(boolean served) {
		this.statistics.ended();
		if (this.limit == null) {
			return;
		}
		long now = this.clock.getAsLong();
		if (served) {
			this.limit.completed(now);
		}
		else {
			this.limit.refusedInside(now);
		}
	}

	/**
	 * Learns that a request will not be answered: its connection has ended.
	 */
	void abandoned() {
		this.statistics.ended();
		if (this.limit != null) {
			this.limit.cancelled(this.clock.getAsLong());
		}
	}

	/**
	 * Returns the limit of all requests together.
	 * @return the limit, or {@code null} where there is none
	 */
	@Nullable AdaptiveLimit limit() {
		return this.limit;
	}

	@Nullable AdaptiveLimitSnapshot limitSnapshot() {
		return (this.limit != null) ? this.limit.snapshot() : null;
	}

	private Priority priority(HttpRequest request) {
		if (!this.rules.resolvers().isEmpty()) {
			RequestHead head = new RequestHead(request);
			for (PriorityResolver resolver : this.rules.resolvers()) {
				Priority priority = resolver.resolve(head);
				if (priority != null) {
					return priority;
				}
			}
		}
		if (this.rules.header() != null) {
			Priority priority = named(request.headers().get(this.rules.header()));
			if (priority != null) {
				return priority;
			}
		}
		if (matches(this.rules.critical(), request.uri())) {
			return Priority.CRITICAL;
		}
		return matches(this.rules.sheddable(), request.uri()) ? Priority.SHEDDABLE : Priority.NORMAL;
	}

	/*
	 * What a client makes up is no priority.
	 */
	private static @Nullable Priority named(@Nullable String name) {
		if (name == null) {
			return null;
		}
		return switch (name.trim().toLowerCase(Locale.ROOT)) {
			case "critical" -> Priority.CRITICAL;
			case "normal" -> Priority.NORMAL;
			case "sheddable" -> Priority.SHEDDABLE;
			default -> null;
		};
	}

	private static boolean matches(List<PathRule> rules, String target) {
		for (PathRule rule : rules) {
			if (rule.matches(target)) {
				return true;
			}
		}
		return false;
	}

	/*
	 * Not on one of the loops: a log that blocks must not stop them.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // what a log throws, nobody can help
	private static void inASecond(Runnable telling) {
		GlobalEventExecutor.INSTANCE.schedule(telling, 1, TimeUnit.SECONDS);
	}

	private void tell(long total, String reasons) {
		logger.warn("Refused {} requests within a second ({}); {} in flight, limit {}", total, reasons,
				this.statistics.inFlight(), (this.limit != null) ? this.limit.limit() : "none");
	}

}
