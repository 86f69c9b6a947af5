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

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One plan on its way through one event loop: everything here happens on the loop's
 * thread, except {@link #start()} and {@link #close()}.
 * <p>
 * Requests are started in the order of their intended times. Those that are due but find
 * no free connection are simply the next ones: there is no queue, only the index of the
 * next request. In the same way time-outs need no timers: the oldest request in flight is
 * the first whose time is over.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails tells the connection.
final class LoadRun implements AutoCloseable {

	/**
	 * Starts in one turn of the loop; between turns answers are read, also when the
	 * generator cannot keep up.
	 */
	private static final int STARTS_PER_TURN = 32;

	private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);

	/**
	 * How many connections are being opened at the same time before the first request: a
	 * burst is not what is measured.
	 */
	private static final int OPENING = 8;

	private final LoadPlan plan;

	private final Target target;

	private final Transport transport;

	private final EventLoop loop;

	private final LongSupplier clock;

	private final int maxConnections;

	private final @Nullable InetSocketAddress[] sources;

	private final ByteBuf request;

	private final ByteBuf requestOfWave;

	private final Schedule schedule;

	private final Ledger ledger;

	private final @Nullable Connection[] inFlight;

	private final Queue<Connection> idle = new ArrayDeque<>();

	private final CompletableFuture<LoadReport> report = new CompletableFuture<>();

	private long startedAt;

	private int next;

	private int oldest;

	private int open;

	private int warmed;

	private int settled;

	private int source;

	private long blockedAt = -1;

	private boolean started;

	private boolean pumping;

	LoadRun(LoadPlan plan, Transport transport, EventLoop loop, LongSupplier clock) {
		this.plan = plan;
		this.target = Target.of(plan.target());
		this.transport = transport;
		this.loop = loop;
		this.clock = clock;
		this.maxConnections = maxConnections(plan);
		this.sources = transport.sources(this.target.address().getAddress());
		this.schedule = plan.arrivals().schedule(plan);
		this.ledger = new Ledger(this.schedule.capacity());
		this.inFlight = new Connection[this.schedule.capacity()];
		this.request = Unpooled.directBuffer().writeBytes(this.target.request(plan.keepAlive(), ""));
		Wave wave = plan.wave();
		this.requestOfWave = (wave != null)
				? Unpooled.directBuffer()
					.writeBytes(this.target.at(wave.path()).request(plan.keepAlive(), wave.header()))
				: Unpooled.EMPTY_BUFFER;
	}

	private static int maxConnections(LoadPlan plan) {
		int available = DescriptorLimit.available();
		if (plan.keepAlive() && plan.connections() > available) {
			throw new IllegalArgumentException(plan.connections() + " kept-alive connections need more descriptors than"
					+ " the " + available + " that are left; raise the limit (ulimit -n)");
		}
		return Math.min(plan.connections(), available);
	}

	/**
	 * Starts the run.
	 * @return completes when every request has come to an outcome
	 */
	CompletableFuture<LoadReport> start() {
		this.loop.execute(this::warmUp);
		return this.report;
	}

	/**
	 * Releases what the requests were copied from. Those that are still being written
	 * keep it.
	 */
	@Override
	public void close() {
		this.request.release();
		this.requestOfWave.release();
	}

	Ledger ledger() {
		return this.ledger;
	}

	ByteBuf request(int index) {
		return (this.schedule.isOfWave(index) ? this.requestOfWave : this.request).retainedDuplicate();
	}

	boolean isInTime(int index) {
		return now() - this.ledger.intended(index) <= this.plan.deadline().toNanos();
	}

	/**
	 * Takes a connection that is free.
	 * @param connection the connection
	 */
	void idle(Connection connection) {
		this.idle.add(connection);
	}

	/**
	 * Takes the outcome of a request.
	 * @param connection the connection it was sent on
	 * @param index the index of the request
	 * @param outcome what became of it
	 * @param reusable whether another request may follow on the connection
	 */
	void ended(Connection connection, int index, Outcome outcome, boolean reusable) {
		this.ledger.end(index, outcome, now());
		this.inFlight[index] = null;
		if (this.plan.keepAlive() && reusable && connection.isOpen()) {
			idle(connection);
		}
		else {
			connection.close();
		}
		resume();
	}

	/*
	 * Opens the kept-alive connections. One that fails is opened again by the request
	 * that needs it.
	 */
	private void warmUp() {
		this.startedAt = this.clock.getAsLong();
		if (this.plan.keepAlive()) {
			for (int index = 0; index < OPENING && index < this.maxConnections; index++) {
				warmUpNext();
			}
			this.loop.schedule(this::begin, WARM_UP_NANOS, TimeUnit.NANOSECONDS);
		}
		else {
			begin();
		}
	}

	private void warmUpNext() {
		if (this.started || this.warmed == this.maxConnections) {
			return;
		}
		this.warmed++;
		connect(open()).addListener((connected) -> {
			this.settled++;
			if (this.settled == this.maxConnections) {
				begin();
			}
			else {
				warmUpNext();
			}
		});
	}

	private void begin() {
		if (!this.started) {
			this.started = true;
			this.startedAt = this.clock.getAsLong();
			turn();
		}
	}

	private void turn() {
		try {
			pump();
			long now = now();
			long due = this.schedule.intended(this.next, now);
			if (due == Schedule.NEVER && this.ledger.isComplete()) {
				finish(now);
				return;
			}
			boolean blocked = due <= this.blockedAt;
			long delay = blocked ? SWEEP_NANOS : Math.max(0, Math.min(due - now, SWEEP_NANOS));
			this.loop.schedule(this::turn, delay, TimeUnit.NANOSECONDS);
		}
		catch (RuntimeException ex) {
			this.report.completeExceptionally(ex);
		}
	}

	private void finish(long now) {
		boolean closed = this.plan.arrivals() == Arrivals.CLOSED;
		long end = closed ? now : this.plan.total().toNanos();
		this.report.complete(summary(end));
	}

	private LoadReport summary(long end) {
		long from = this.plan.settle().toNanos();
		if (this.plan.wave() == null) {
			return this.ledger.report(from, end, (index) -> true);
		}
		return this.ledger.report(from, end, (index) -> !this.schedule.isOfWave(index))
			.withWave(this.ledger.report(from, end, this.schedule::isOfWave));
	}

	private void pump() {
		this.pumping = true;
		giveUp(now());
		int count = 0;
		while (count < STARTS_PER_TURN && startNext()) {
			count++;
		}
		this.pumping = false;
	}

	/*
	 * Gives the place of a request that has ended to one that waits. Only to one: many
	 * answers in a turn must not start many times as many requests.
	 */
	private void resume() {
		if (this.blockedAt >= 0 && !this.pumping) {
			startNext();
		}
	}

	private void giveUp(long now) {
		while (this.oldest < this.next) {
			Connection connection = this.inFlight[this.oldest];
			if (connection != null) {
				if (now - connection.startedAt() < this.plan.timeout().toNanos()) {
					return;
				}
				connection.giveUp();
			}
			this.oldest++;
		}
	}

	private boolean startNext() {
		long now = now();
		long intended = this.schedule.intended(this.next, now);
		if (intended > now) {
			return false;
		}
		if (now - intended >= this.plan.timeout().toNanos()) {
			this.ledger.begin(this.next, intended);
			this.ledger.end(this.next++, Outcome.UNSENT, now);
			return true;
		}
		Connection connection = this.idle.poll();
		while (connection != null && !connection.isOpen()) {
			connection = this.idle.poll();
		}
		if (connection == null && this.open >= this.maxConnections) {
			this.blockedAt = now;
			return false;
		}
		if (intended > this.blockedAt && intended >= this.plan.settle().toNanos()) {
			this.ledger.lag(now - intended);
		}
		this.ledger.begin(this.next, intended);
		start(connection, this.next++, now);
		return true;
	}

	private void start(@Nullable Connection free, int index, long now) {
		if (free != null) {
			this.inFlight[index] = free;
			free.start(index, now);
			return;
		}
		try {
			Connection connection = open();
			this.inFlight[index] = connection;
			connection.start(index, now);
			connect(connection);
		}
		catch (ChannelException ex) {
			this.ledger.end(index, Outcome.ERROR, now());
		}
	}

	private Connection open() {
		SocketChannel channel = this.transport.open();
		Connection connection = new Connection(this, channel);
		channel.pipeline().addLast(connection);
		channel.closeFuture().addListener((closed) -> this.open--);
		this.open++;
		this.loop.register(channel);
		return connection;
	}

	private ChannelFuture connect(Connection connection) {
		return connection.connect(this.target.address(), this.sources[this.source++ % this.sources.length]);
	}

	private long now() {
		return this.clock.getAsLong() - this.startedAt;
	}

}
