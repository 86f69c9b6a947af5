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

package io.support.acceptor;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AcceptRest}, in virtual time.
 */
class AcceptRestTests {

	private final AtomicLong busyNanos = new AtomicLong();

	private final AtomicLong clock = new AtomicLong();

	private final AtomicBoolean readOnWhenItFailed = new AtomicBoolean();

	private final EmbeddedChannel listener = new EmbeddedChannel(new AcceptRest(this.busyNanos::get, this.clock::get),
			new ChannelInboundHandlerAdapter() {

				@Override
				public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
					AcceptRestTests.this.readOnWhenItFailed.set(context.channel().config().isAutoRead());
				}

			});

	@BeforeEach
	void freezeTime() {
		this.listener.freezeTime();
		connectionsCome(AcceptRest.MIN_NANOS / AcceptRest.TOGETHER);
	}

	@AfterEach
	void close() {
		this.listener.finishAndReleaseAll();
	}

	@Test
	void goesOnAtOnceWhereNobodyWaits() {
		assertAcceptsAfterAccepting(0);
	}

	@Test
	void goesOnAtOnceWhereARestWouldBeTooShort() {
		assertAcceptsAfterAccepting(AcceptRest.MIN_NANOS - 1);
	}

	private void assertAcceptsAfterAccepting(long busyNanos) {
		accept(busyNanos);
		assertThat(accepts()).isTrue();
	}

	@Test
	void restsForAsLongAsTheWorkersAreBusy() {
		accept(400_000);
		assertThat(accepts()).isFalse();
		pass(399_999);
		assertThat(accepts()).isFalse();
		pass(1);
		assertThat(accepts()).isTrue();
	}

	@Test
	void restsForTwoMillisecondsAtTheMost() {
		accept(TimeUnit.SECONDS.toNanos(1));
		pass(AcceptRest.MAX_NANOS - 1);
		assertThat(accepts()).isFalse();
		pass(1);
		assertThat(accepts()).isTrue();
	}

	@Test
	void goesOnAtOnceWhereHardlyAnyWouldComeTogether() {
		connectionsCome(AcceptRest.MAX_NANOS / AcceptRest.TOGETHER + 1);
		assertAcceptsAfterAccepting(TimeUnit.SECONDS.toNanos(1));
	}

	@Test
	void restsWhereSomeWillComeTogether() {
		connectionsCome(AcceptRest.MAX_NANOS / AcceptRest.TOGETHER);
		accept(TimeUnit.SECONDS.toNanos(1));
		assertThat(accepts()).isFalse();
	}

	@Test
	void forgetsHowQuicklyTheyCameWhenTheyHaveStopped() {
		this.clock.addAndGet(AcceptRest.WINDOW_NANOS);
		assertAcceptsAfterAccepting(TimeUnit.SECONDS.toNanos(1));
	}

	@Test
	void restsAgain() {
		restsForTwoMillisecondsAtTheMost();
		restsForAsLongAsTheWorkersAreBusy();
	}

	@Test
	void failureEndsTheRestSoThatItIsSeenByWhoeverPausesForIt() {
		accept(AcceptRest.MAX_NANOS);
		this.listener.pipeline().fireExceptionCaught(new IllegalStateException("no descriptors"));
		assertThat(this.readOnWhenItFailed).isTrue();
		this.listener.config().setAutoRead(false);
		pass(AcceptRest.MAX_NANOS);
		assertThat(accepts()).isFalse();
	}

	@Test
	void pauseOfOthersIsLeftAlone() {
		this.listener.config().setAutoRead(false);
		accept(AcceptRest.MAX_NANOS);
		pass(AcceptRest.MAX_NANOS);
		assertThat(accepts()).isFalse();
	}

	private void connectionsCome(long nanosBetween) {
		this.busyNanos.set(0);
		for (int i = 0; i < 2 * AcceptRest.WINDOW; i++) {
			this.clock.addAndGet(nanosBetween);
			this.listener.pipeline().fireChannelRead(new Object());
			this.listener.pipeline().fireChannelReadComplete();
		}
	}

	private void accept(long busyNanos) {
		this.busyNanos.set(busyNanos);
		this.listener.pipeline().fireChannelReadComplete();
	}

	private boolean accepts() {
		return this.listener.config().isAutoRead();
	}

	private void pass(long nanos) {
		this.listener.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
		this.listener.runScheduledPendingTasks();
	}

}
