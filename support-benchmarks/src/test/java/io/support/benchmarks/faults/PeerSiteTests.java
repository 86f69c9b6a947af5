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
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.support.benchmarks.faults.Exchange.End;
import io.support.benchmarks.faults.Surplus.What;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link PeerSite} and what its peers do.
 */
@Timeout(60)
class PeerSiteTests {

	private final EventLoop loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();

	@AfterEach
	void stop() {
		this.loop.parent().shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Test
	void peersHaveOnePortAndAnAddressEach() throws IOException {
		Fault fault = Fault.of("test", Target.NONE, List.of(List.of(well(), well()), List.of(well())));
		try (PeerSite site = open(fault)) {
			PeerAddresses addresses = site.addresses();
			assertThat(addresses.tiers()).extracting(List::size).containsExactly(2, 1);
			assertThat(new HashSet<>(addresses.all())).hasSize(3);
			int call = 0;
			for (String host : addresses.tiers().stream().flatMap(List::stream).toList()) {
				try (RawClient client = new RawClient(
						new InetSocketAddress(InetAddress.getByName(host), addresses.port()))) {
					assertThat(client.get(call).response(1)).endsWith("\r\n\r\n" + call++);
				}
			}
			assertThat(site.counts()).isEqualTo(new PeerCounts(3, 3, 0, 0));
		}
	}

	@Test
	void answersPostWithItsBodyAndCountsWhatIsSentTwice() throws IOException {
		try (PeerSite site = open(Answering.AT_ONCE); RawClient client = connect(site)) {
			assertThat(client.post(7).response(1)).endsWith("\r\n\r\n7");
			assertThat(client.post(7).response(1)).endsWith("\r\n\r\n7");
			assertThat(site.counts()).isEqualTo(new PeerCounts(1, 2, 1, 0));
		}
	}

	@Test
	void refusingPeerRefuses() throws IOException {
		try (PeerSite site = open(Fault.of("test", Target.NONE, RefusingPeer::open))) {
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(site));
			assertThat(site.counts()).isEqualTo(PeerCounts.NONE);
		}
	}

	@Test
	void connectionsToBlackHoleHang() throws IOException {
		try (PeerSite site = open(Fault.of("test", Target.NONE, BlackHolePeer::open))) {
			InetSocketAddress address = RawClient.first(site.addresses());
			for (int attempt = 0; attempt < 3; attempt++) {
				assertThatExceptionOfType(SocketTimeoutException.class)
					.isThrownBy(() -> new RawClient(address, 200).close());
			}
		}
	}

	@Test
	void mutePeerReadsAndSaysNothing() throws IOException {
		try (PeerSite site = open((exchange) -> {
		}); RawClient client = connect(site)) {
			client.get(1).patience(200);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(client::rest);
			assertThat(site.counts()).isEqualTo(new PeerCounts(1, 1, 0, 0));
		}
	}

	@Test
	void slowPeerTakesItsTime() throws IOException {
		try (PeerSite site = open(new Answering(Duration.ofMillis(300))); RawClient client = connect(site)) {
			client.get(1).patience(50);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> client.response(1));
			client.patience(10_000);
			assertThat(client.response(1)).endsWith("\r\n\r\n1");
		}
	}

	@Test
	void cutsExactlyOneOfSoMany() throws IOException {
		try (PeerSite site = open(new Cutting(3, End.CLOSE)); RawClient client = connect(site)) {
			client.get(1).response(1);
			client.get(2).response(1);
			assertThat(client.get(3).rest()).isEmpty();
			try (RawClient again = connect(site)) {
				assertThat(again.get(3).response(1)).endsWith("\r\n\r\n3");
			}
			assertThat(site.counts()).isEqualTo(new PeerCounts(2, 4, 1, 0));
		}
	}

	@Test
	void resetIsSeenAsReset() throws IOException {
		try (PeerSite site = open(new Cutting(1, End.RESET)); RawClient client = connect(site)) {
			client.get(1);
			assertThatExceptionOfType(SocketException.class).isThrownBy(client::rest);
		}
	}

	@Test
	void tornAnswerLacksItsEnd() throws IOException {
		try (PeerSite site = open(new Tearing(1, End.CLOSE)); RawClient client = connect(site)) {
			assertThat(client.get(12).rest()).contains("Content-Length: 2\r\n").endsWith("\r\n\r\n1");
		}
	}

	@Test
	void idleConnectionIsClosed() throws IOException {
		try (PeerSite site = open(new IdleClosing(Duration.ofMillis(50))); RawClient client = connect(site)) {
			client.get(1).response(1);
			assertThat(client.rest()).isEmpty();
		}
	}

	@Test
	void surplusComesWithTheAnswer() throws IOException {
		try (PeerSite site = open(new Surplus(1, What.ANSWER_AT_ONCE)); RawClient client = connect(site)) {
			assertThat(client.get(5).response(1)).endsWith("\r\n\r\n5");
			assertThat(client.response(7)).endsWith("\r\n\r\nsurplus");
		}
	}

	@Test
	void surplusComesOnAnIdleConnection() throws IOException {
		try (PeerSite site = open(new Surplus(2, What.ANSWER_WHEN_IDLE)); RawClient client = connect(site)) {
			client.get(1).response(1);
			assertThat(client.get(2).response(1)).endsWith("\r\n\r\n2");
			assertThat(client.response(7)).endsWith("\r\n\r\nsurplus");
		}
	}

	@Test
	void whatIsDoneWhenIdleIsNotDoneIfAnotherRequestComes() throws IOException {
		List<Long> done = new CopyOnWriteArrayList<>();
		try (PeerSite site = open((exchange) -> {
			exchange.respond();
			exchange.whenIdle(Duration.ofMillis(500), () -> done.add(exchange.number()));
		}); RawClient client = connect(site)) {
			client.get(1).response(1);
			client.get(2).response(1);
			Awaitility.await().untilAsserted(() -> assertThat(done).containsExactly(2L));
		}
	}

	@Test
	void headOfSurplusTakesTheNextAnswerForItsBody() throws IOException {
		try (PeerSite site = open(new Surplus(2, What.HEAD_WHEN_IDLE)); RawClient client = connect(site)) {
			client.get(1).response(1);
			client.get(2).response(1);
			assertThat(client.response(0)).endsWith("Content-Length: 7\r\n\r\n");
			assertThat(client.get(3).response(1)).startsWith("HTTP/1.").endsWith("\r\n\r\n3");
		}
	}

	@Test
	void partingPeerSaysSo() throws IOException {
		try (PeerSite site = open(new Parting(2)); RawClient client = connect(site)) {
			assertThat(client.get(1).response(1)).doesNotContain("Connection: close");
			assertThat(client.get(2).rest()).contains("Connection: close").endsWith("\r\n\r\n2");
		}
	}

	@Test
	void closedPeerIsGone() throws IOException {
		PeerSite site = open(Answering.AT_ONCE);
		InetSocketAddress address = RawClient.first(site.addresses());
		try (RawClient client = new RawClient(address)) {
			client.get(1).response(1);
			site.close();
			assertThat(client.rest()).isEmpty();
			// The kernel is told when the loop has come round.
			Awaitility.await()
				.untilAsserted(() -> assertThatIOException().isThrownBy(() -> new RawClient(address).close()));
		}
	}

	private static Peer.Kind well() {
		return ServingPeer.with(Answering.AT_ONCE);
	}

	private static RawClient connect(PeerSite site) throws IOException {
		return new RawClient(RawClient.first(site.addresses()));
	}

	private PeerSite open(Behaviour behaviour) throws IOException {
		return open(Fault.of("test", Target.NONE, ServingPeer.with(behaviour)));
	}

	private PeerSite open(Fault fault) throws IOException {
		return PeerSite.open(fault, 100, this.loop, System::nanoTime);
	}

}
