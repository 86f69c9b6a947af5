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

package io.support.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.IoEventLoopGroup;

/**
 * Sends the requests of a {@link LoadPlan} when they are due and says what became of
 * them. One thread does everything, so that one core is enough for it.
 * <p>
 * The loop is open: a request does not wait for the answers to those before it. Where it
 * must wait, for a kept-alive connection that is free or for a descriptor, its latency
 * counts from the time it was intended for, so that nothing a client would have to wait
 * for is left out.
 * <p>
 * Thread-safe: runs have nothing in common but the core.
 */
public final class LoadGenerator {

	private static final Duration GRACE = Duration.ofSeconds(30);

	private final Transport transport;

	private final LongSupplier clock;

	/**
	 * Creates a generator on epoll where it is available, NIO elsewhere.
	 */
	public LoadGenerator() {
		this(Transport.best(), System::nanoTime);
	}

	LoadGenerator(Transport transport, LongSupplier clock) {
		this.transport = transport;
		this.clock = clock;
	}

	/**
	 * Runs a plan and waits for its end, which comes at the latest a time-out after the
	 * last request.
	 * @param plan what to send
	 * @return what came of it
	 * @throws IllegalArgumentException if the target is not a loopback address, or the
	 * kept-alive connections are more than the descriptors that are left
	 * @throws IllegalStateException if the run fails, or does not end
	 */
	public LoadReport run(LoadPlan plan) {
		return record(plan).report();
	}

	Recording record(LoadPlan plan) {
		IoEventLoopGroup group = this.transport.newLoop();
		try (LoadRun run = new LoadRun(plan, this.transport, group.next(), this.clock)) {
			Duration limit = plan.total().plus(plan.timeout()).plus(GRACE);
			CompletableFuture<LoadReport> report = run.start().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
			return new Recording(report.join(), run.ledger());
		}
		catch (CompletionException ex) {
			throw new IllegalStateException("The run failed: " + plan, ex.getCause());
		}
		finally {
			group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
		}
	}

	record Recording(LoadReport report, Ledger ledger) {

	}

}
