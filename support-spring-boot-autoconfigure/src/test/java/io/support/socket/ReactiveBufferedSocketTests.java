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

package io.support.socket;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ReactiveBufferedSocket}.
 */
class ReactiveBufferedSocketTests {

	private Loopback loopback;

	private ReactiveBufferedSocket socket;

	@BeforeEach
	void connect() throws IOException {
		this.loopback = Loopback.open();
		this.socket = this.loopback.socket().reactive();
	}

	@AfterEach
	void close() throws IOException {
		this.loopback.close();
	}

	@Test
	void streamIsReceivedPieceByPiece() throws IOException {
		this.loopback.says("line\r\nhello5:world,rest");
		assertThat(received(this.socket.peek(2))).isEqualTo("li");
		assertThat(received(this.socket.receiveUntil(Loopback.CRLF))).isEqualTo("line");
		assertThat(received(this.socket.receiveExactly(5))).isEqualTo("hello");
		assertThat(received(this.socket.receiveExactly(0))).isEmpty();
		assertThat(received(Netstrings.receive(this.socket))).isEqualTo("world");
		assertThat(received(this.socket.receive(2))).isEqualTo("re");
		this.loopback.peer().close();
		assertThat(received(this.socket.receiveToEnd())).isEqualTo("st");
		assertThat(received(this.socket.receive(100))).isEmpty();
	}

	@Test
	void everythingIsToldOnTheEventLoop() throws IOException {
		this.loopback.says("abc");
		String thread = this.socket.receiveExactly(3)
			.map(ReactiveBufferedSocketTests::released)
			.map((content) -> Thread.currentThread().getName())
			.block();
		assertThat(thread).startsWith("socket-test");
		StepVerifier
			.create(this.socket.withTimeout(Loopback.SHORT)
				.receive(1)
				.map(ReactiveBufferedSocketTests::released)
				.onErrorResume((ex) -> Mono.just(Thread.currentThread().getName())))
			.assertNext((name) -> assertThat(name).startsWith("socket-test"))
			.verifyComplete();
	}

	@Test
	void errorsLeaveWhatHasCome() throws IOException {
		this.loopback.says("abc");
		Awaitility.await().until(() -> this.loopback.socket().available() == 3);
		StepVerifier.create(this.socket.withTimeout(Loopback.SHORT).receiveExactly(4))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(SocketTimeoutException.class)
				.hasMessageContaining("receiveExactly(4) timed out after 50 ms; 3 bytes that have come stay buffered"));
		StepVerifier.create(this.socket.withMaxSize(1).receiveUntil(Loopback.CRLF))
			.verifyError(MessageTooLongException.class);
		StepVerifier.create(Netstrings.receive(this.socket)).verifyError(ProtocolException.class);
		this.loopback.peer().close();
		StepVerifier.create(this.socket.receiveExactly(4)).verifyError(ConnectionClosedException.class);
		assertThat(received(this.socket.receiveToEnd())).isEqualTo("abc");
	}

	@Test
	void cancelledReceiverLeavesWhatHasCome() throws IOException {
		this.loopback.says("abc");
		Disposable cancelled = this.socket.receiveExactly(5).subscribe();
		Awaitility.await().until(() -> this.loopback.receives().waiting() == 1);
		cancelled.dispose();
		Awaitility.await().until(() -> this.loopback.receives().waiting() == 0);
		this.loopback.says("de");
		assertThat(received(this.socket.receiveExactly(5))).isEqualTo("abcde");
	}

	/*
	 * Whoever comes first: an element belongs to those who got it, or is still there.
	 */
	@Test
	void cancellationAtAnyMomentLosesNothing() throws Exception {
		int count = 2000;
		Random random = new Random(1);
		FutureTask<Boolean> peer = BufferedSocketTests.started(() -> {
			for (int i = 0; i < 2 * count; i++) {
				this.loopback.says(i + "\r\n");
			}
			return true;
		});
		List<String> received = new CopyOnWriteArrayList<>();
		while (received.size() < count) {
			if (random.nextBoolean()) {
				received.add(received(this.socket.receiveUntil(Loopback.CRLF)));
				continue;
			}
			Disposable receiver = this.socket.receiveUntil(Loopback.CRLF).subscribeWith(new Taker(received));
			for (int spins = random.nextInt(5000); spins > 0; spins--) {
				Thread.onSpinWait();
			}
			receiver.dispose();
		}
		List<String> expected = IntStream.range(0, received.size()).mapToObj(String::valueOf).toList();
		assertThat(received).isEqualTo(expected);
		assertThat(peer.get()).isTrue();
	}

	@Test
	void cancelledBeforeItIsAskedForLosesNothing() throws IOException {
		this.loopback.says("abc");
		ByteBuf message = Pieces.pooled("m".getBytes(StandardCharsets.US_ASCII), 0);
		StepVerifier.create(this.socket.receiveExactly(3), 0).thenCancel().verify();
		StepVerifier.create(this.socket.send(message), 0).thenCancel().verify();
		assertThat(received(this.socket.receiveExactly(3))).isEqualTo("abc");
		Awaitility.await().until(() -> message.refCnt() == 0);
	}

	@Test
	void nothingIsTakenBeforeItIsAskedFor() throws IOException {
		this.loopback.says("abc");
		StepVerifier.create(this.socket.receiveExactly(1), 0)
			.then(() -> assertThat(received(this.socket.receiveExactly(1))).isEqualTo("a"))
			.thenRequest(1)
			.assertNext((next) -> assertThat(released(next)).isEqualTo("b"))
			.verifyComplete();
	}

	@Test
	void thousandMessagesArePipelined() throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 1000; i++) {
			lines.append("line ").append(i).append("\r\n");
		}
		this.loopback.says(lines.toString());
		List<String> received = Flux.range(0, 1000)
			.flatMapSequential(
					(i) -> this.socket.receiveUntil(Loopback.CRLF).map(ReactiveBufferedSocketTests::released), 500)
			.collectList()
			.block();
		assertThat(received).hasSize(1000).first().isEqualTo("line 0");
		assertThat(String.join("\r\n", received) + "\r\n").isEqualTo(lines.toString());
	}

	@Test
	void receiversAreServedInTheOrderOfTheirSubscription() throws Exception {
		Mono<String> first = this.socket.receiveExactly(1).map(ReactiveBufferedSocketTests::released).cache();
		first.subscribe();
		Awaitility.await().until(() -> this.loopback.receives().waiting() == 1);
		FutureTask<String> second = BufferedSocketTests
			.started(() -> Loopback.text(this.loopback.socket().receiveExactly(1)));
		Awaitility.await().until(() -> this.loopback.receives().waiting() == 2);
		Mono<String> third = this.socket.receiveExactly(1).map(ReactiveBufferedSocketTests::released).cache();
		third.subscribe();
		Awaitility.await().until(() -> this.loopback.receives().waiting() == 3);
		this.loopback.says("abc");
		assertThat(first.block() + second.get() + third.block()).isEqualTo("abc");
	}

	@Test
	void tooManyReceiversAreRefused() throws Exception {
		List<Disposable> waiting = new ArrayList<>();
		ReactiveBufferedSocket patient = this.socket.withTimeout(Duration.ofSeconds(60));
		for (int i = 0; i < ReceiveQueue.MAX_WAITING; i++) {
			waiting.add(patient.receiveExactly(1).subscribe(ByteBuf::release));
		}
		Awaitility.await().until(() -> this.loopback.receives().waiting() == ReceiveQueue.MAX_WAITING);
		StepVerifier.create(this.socket.receive(1))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(RejectedExecutionException.class)
				.hasMessageContaining("receive(1) was refused: 1024 receivers wait already"));
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.loopback.socket().receive(1));
		waiting.get(0).dispose();
		Awaitility.await().until(() -> this.loopback.receives().waiting() == ReceiveQueue.MAX_WAITING - 1);
		FutureTask<byte[]> last = BufferedSocketTests.started(() -> this.loopback.socket().receiveExactly(1));
		Awaitility.await().until(() -> this.loopback.receives().waiting() == ReceiveQueue.MAX_WAITING);
		this.loopback.says("a".repeat(ReceiveQueue.MAX_WAITING - 1) + "z");
		assertThat(Loopback.text(last.get())).isEqualTo("z");
	}

	@Test
	void blockingReceiverAndSubscriberShareOneStream() throws Exception {
		int count = 3000;
		FutureTask<Boolean> peer = BufferedSocketTests.started(() -> {
			for (int i = 0; i < count; i++) {
				String message = "message " + i;
				this.loopback.says(message.length() + ":" + message + ",");
			}
			return true;
		});
		FutureTask<List<String>> blocking = BufferedSocketTests.started(() -> {
			List<String> received = new ArrayList<>();
			for (int i = 0; i < count / 2; i++) {
				received.add(Loopback.text(Netstrings.receive(this.loopback.socket())));
			}
			return received;
		});
		List<String> all = new ArrayList<>(Netstrings.receive(this.socket)
			.map(ReactiveBufferedSocketTests::released)
			.repeat(count / 2 - 1)
			.collectList()
			.block());
		all.addAll(blocking.get());
		assertThat(all).hasSize(count).doesNotHaveDuplicates().allMatch((message) -> message.startsWith("message "));
		assertThat(peer.get()).isTrue();
	}

	@Test
	void messageIsSentOnce() {
		ByteBuf message = Pieces.pooled("abc".getBytes(StandardCharsets.US_ASCII), 0);
		Mono<Void> send = this.socket.sendAll(message);
		send.block();
		assertThat(message.refCnt()).isZero();
		assertThatIllegalStateException().isThrownBy(send::block).withMessageContaining("A buffer can be sent once");
	}

	@Test
	void messageIsReleasedWhateverHappens() throws Exception {
		ByteBuf tooLong = Pieces.pooled(new byte[11], 0);
		StepVerifier.create(this.socket.withMaxSize(10).send(tooLong)).verifyError(MessageTooLongException.class);
		ByteBuf tooMuch = Pieces.pooled(new byte[11], 0);
		StepVerifier.create(this.socket.withMaxSize(10).buffer(tooMuch)).verifyError(MessageTooLongException.class);
		ByteBuf kept = Pieces.pooled(new byte[10], 0);
		this.socket.buffer(kept).block();
		this.loopback.channel().close().sync();
		ByteBuf late = Pieces.pooled(new byte[10], 0);
		StepVerifier.create(this.socket.send(late)).verifyError(ConnectionClosedException.class);
		ByteBuf later = Pieces.pooled(new byte[10], 0);
		StepVerifier.create(this.socket.buffer(later)).verifyError(ConnectionClosedException.class);
		assertThat(List.of(tooLong, tooMuch, kept, late, later)).allMatch((message) -> message.refCnt() == 0);
	}

	@Test
	void whatIsKeptBackGoesOutWithTheNext() throws IOException {
		this.socket.buffer(Pieces.pooled("ab".getBytes(StandardCharsets.US_ASCII), 0))
			.then(this.socket.send(Pieces.pooled("cd".getBytes(StandardCharsets.US_ASCII), 0)))
			.then(Netstrings.send(this.socket, Pieces.pooled("ef".getBytes(StandardCharsets.US_ASCII), 0)))
			.then(this.socket.flush())
			.block();
		assertThat(this.loopback.hears(9)).isEqualTo("abcd2:ef,");
	}

	@Test
	void bufferedBytesSurviveTheirConnectionWithoutALeak() throws Exception {
		this.loopback.says("abc");
		ByteBuf peeked = this.socket.peek(3).block();
		this.loopback.channel().close().sync();
		// The socket gives its pooled bytes back; the rest is on the heap.
		Awaitility.await().until(() -> peeked.refCnt() == 1);
		assertThat(released(peeked)).isEqualTo("abc");
		ByteBuf rest = this.socket.receiveExactly(3).block();
		assertThat(rest.hasArray()).isTrue();
		assertThat(released(rest)).isEqualTo("abc");
	}

	@Test
	void subscriberThatThrowsHarmsNobody() throws IOException {
		this.loopback.says("ab");
		this.socket.receiveExactly(1).subscribe((content) -> {
			content.release();
			throw new IllegalStateException("on purpose");
		}, (ex) -> {
			throw new IllegalStateException("again");
		});
		assertThat(received(this.socket.receiveExactly(1))).isEqualTo("b");
	}

	@Test
	void waitingSubscriberLearnsOfTheEnd() throws Exception {
		FutureTask<String> waiting = BufferedSocketTests.started(() -> received(this.socket.receiveExactly(1)));
		Awaitility.await().until(() -> this.loopback.receives().waiting() == 1);
		this.loopback.resets();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(waiting::get)
			.withStackTraceContaining(ConnectionClosedException.class.getName());
	}

	@Test
	void argumentsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.withTimeout(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.withMaxSize(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.receive(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.receiveExactly(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.peek(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.receiveUntil(new byte[0]));
	}

	private static String received(Mono<ByteBuf> content) {
		return released(content.block());
	}

	static String released(ByteBuf content) {
		try {
			return Loopback.text(ByteBufUtil.getBytes(content));
		}
		finally {
			content.release();
		}
	}

	/**
	 * Takes what comes, also if it has cancelled at that moment.
	 */
	private static final class Taker extends BaseSubscriber<ByteBuf> {

		private final List<String> taken;

		private Taker(List<String> taken) {
			this.taken = taken;
		}

		@Override
		protected void hookOnNext(ByteBuf content) {
			this.taken.add(released(content));
		}

	}

}
