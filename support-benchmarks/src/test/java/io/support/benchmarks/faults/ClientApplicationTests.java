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

package io.support.benchmarks.faults;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientApplication}: the contenders meet peers. Spring Cloud is not on
 * the class path of tests.
 */
@Timeout(120)
class ClientApplicationTests {

	private static final int CALLS = 200;

	private final EventLoop loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();

	@AfterEach
	void stop() {
		this.loop.parent().shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@ParameterizedTest
	@ValueSource(strings = { "webclient", "resilience4j", "support" })
	void everyCallReachesPeersOnceAndIsAnswered(String contender) throws IOException {
		for (Traffic traffic : new Traffic[] { Traffic.GET, Traffic.POST }) {
			Meeting meeting = meet(contender, Faults.named("healthy").with(traffic));
			assertThat(meeting.calls().answered()).isEqualTo(CALLS);
			assertThat(meeting.peers().requests()).isEqualTo(CALLS);
			assertThat(meeting.peers().twice()).isZero();
			assertThat(meeting.peers().connects()).isBetween(1L, CALLS / 4L);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "webclient", "resilience4j", "support" })
	void refusedConnectionsAreNoFailures(String contender) throws IOException {
		Meeting meeting = meet(contender, Faults.named("refused"));
		assertThat(meeting.calls().failed()).as("%s", meeting.calls()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "webclient", "resilience4j", "support" })
	void nameServerIsAsked(String contender) throws IOException {
		Fault byName = Faults.named("healthy").with(NameScript.STEADY);
		Meeting meeting = meet(contender, byName);
		assertThat(meeting.calls().failed()).as("%s", meeting.calls()).isZero();
		assertThat(meeting.peers().queries()).isPositive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "webclient", "resilience4j", "support" })
	void whatFailsIsCounted(String contender) throws IOException {
		Meeting meeting = meet(contender, Faults.named("all-down"));
		assertThat(meeting.calls().failed()).isEqualTo(meeting.calls().calls()).isEqualTo(CALLS);
		assertThat(meeting.calls().endless()).isZero();
		assertThat(meeting.peers().requests()).isZero();
	}

	private Meeting meet(String contender, Fault fault) throws IOException {
		try (PeerSite site = PeerSite.open(fault, CALLS, this.loop, System::nanoTime);
				ConfigurableApplicationContext context = ClientApplication.start(contender,
						FaultContender.listed(contender).get(0).properties(fault, site.addresses()))) {
			CallReport report = new CallLoop(System::nanoTime).run(context.getBean(Calls.class),
					new CallPlan(fault.traffic().post(), 0, CALLS, 4, 30, Pause.NONE, 1));
			return new Meeting(report, site.counts());
		}
	}

	private record Meeting(CallReport calls, PeerCounts peers) {

	}

}
