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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Brings the addresses of one group to it, from its first use on. A source that fails is
 * asked again, after 1 s at first and every 10 s in the end; until then the addresses
 * stay as they are.
 */
final class AddressFeed {

	private static final Log logger = LogFactory.getLog(AddressFeed.class);

	private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

	private static final Duration LAST_RETRY = Duration.ofSeconds(10);

	private final String group;

	private final Flux<ResolvedTiers> source;

	private final Consumer<List<List<Address>>> target;

	private final Duration patience;

	private final Sinks.Many<ResolvedTiers> latest = Sinks.many().replay().latestOrDefault(ResolvedTiers.PENDING);

	private volatile @Nullable Disposable subscription;

	private volatile boolean failing;

	/**
	 * Creates a feed, which does nothing yet.
	 * @param group the name of the group
	 * @param source gives its addresses
	 * @param target is given them
	 * @param patience how long a request waits for the first address
	 */
	AddressFeed(String group, Flux<ResolvedTiers> source, Consumer<List<List<Address>>> target, Duration patience) {
		this.group = group;
		this.source = source;
		this.target = target;
		this.patience = patience;
	}

	/**
	 * Begins, unless it has begun already.
	 */
	void start() {
		if (this.subscription == null) {
			subscribe();
		}
	}

	private synchronized void subscribe() {
		if (this.subscription != null) {
			return;
		}
		Disposable.Swap swap = Disposables.swap();
		// The source may give addresses while it is subscribed to, which start nothing
		// again.
		this.subscription = swap;
		swap.replace(this.source.doOnError(this::failed)
			.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY).maxBackoff(LAST_RETRY).transientErrors(true))
			.subscribe(this::changed, this::failed, this::completed));
	}

	private void changed(ResolvedTiers resolved) {
		this.failing = false;
		if (!resolved.isPending()) {
			this.target.accept(resolved.tiers());
		}
		this.latest.tryEmitNext(resolved);
	}

	private void failed(Throwable error) {
		if (!this.failing) {
			this.failing = true;
			logger.warn(this.group + ": its addresses cannot be told: " + error);
		}
		this.latest.tryEmitNext(ResolvedTiers.failed(error));
	}

	private void completed() {
		this.latest.tryEmitNext(ResolvedTiers.of(List.of()));
	}

	private ResolvedTiers tooLate() {
		return ResolvedTiers.failed(new TimeoutException("none within " + this.patience.toMillis() + " ms"));
	}

	synchronized void stop() {
		Disposable present = this.subscription;
		this.subscription = null;
		if (present != null) {
			present.dispose();
		}
	}

	/**
	 * Waits for the first address. To be asked only while there is none.
	 * @return completes when there is one, and fails when none is to be expected any more
	 */
	Mono<Void> arrival() {
		return this.latest.asFlux()
			.filter((resolved) -> !resolved.isPending())
			.next()
			.timeout(this.patience, Mono.fromSupplier(this::tooLate))
			.flatMap((resolved) -> resolved.tiers().isEmpty()
					? Mono.error(MultiConnectException.ofNone(this.group, resolved.failure())) : Mono.empty());
	}

}
