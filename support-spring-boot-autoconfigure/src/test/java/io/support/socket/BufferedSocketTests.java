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
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link BufferedSocket}: what it receives.
 */
class BufferedSocketTests {

	private Loopback loopback;

	private BufferedSocket socket;

	@BeforeEach
	void connect() throws IOException {
		this.loopback = Loopback.open();
		this.socket = this.loopback.socket();
	}

	@AfterEach
	void close() throws IOException {
		this.loopback.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void streamIsReceivedPieceByPiece(boolean preferNative) throws IOException {
		try (Loopback loopback = Loopback.open(preferNative)) {
			BufferedSocket socket = loopback.socket();
			loopback.says("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello5:world,rest");
			assertThat(Loopback.text(socket.peek(4))).isEqualTo("HTTP");
			assertThat(Loopback.text(socket.receiveUntil(Loopback.CRLF))).isEqualTo("HTTP/1.1 200 OK");
			assertThat(Loopback.text(socket.receiveUntil(Loopback.CRLF))).isEqualTo("Content-Length: 5");
			assertThat(socket.receiveUntil(Loopback.CRLF)).isEmpty();
			assertThat(Loopback.text(socket.receiveExactly(5))).isEqualTo("hello");
			assertThat(Loopback.text(Netstrings.receive(socket))).isEqualTo("world");
			assertThat(Loopback.text(socket.receive(2))).isEqualTo("re");
			loopback.peer().close();
			assertThat(Loopback.text(socket.receiveToEnd())).isEqualTo("st");
			assertThat(socket.receiveToEnd()).isEmpty();
			assertThat(socket.receive(10)).isEmpty();
		}
	}

	@Test
	void receiveWaitsOnlyIfNothingIsThere() throws IOException {
		this.loopback.says("abc");
		assertThat(Loopback.text(this.socket.receiveExactly(1))).isEqualTo("a");
		assertThat(Loopback.text(this.socket.receive(100))).isEqualTo("bc");
		assertThatExceptionOfType(SocketTimeoutException.class)
			.isThrownBy(() -> this.socket.withTimeout(Loopback.SHORT).receive(1));
	}

	@Test
	void nothingIsThereAtOnce() throws IOException {
		BufferedSocket hurried = this.socket.withTimeout(Duration.ofNanos(1));
		assertThat(hurried.receiveExactly(0)).isEmpty();
		assertThat(hurried.receive(0)).isEmpty();
		assertThat(hurried.peek(0)).isEmpty();
	}

	@Test
	void timeoutOfACallLeavesWhatHasCome() throws IOException {
		this.loopback.says("abc\r");
		BufferedSocket hurried = this.socket.withTimeout(Loopback.SHORT);
		Awaitility.await().until(() -> this.socket.available() == 4);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> hurried.receiveUntil(Loopback.CRLF))
			.withMessageMatching(
					"127\\.0\\.0\\.1:\\d+: receiveUntil\\(0x0d0a\\) timed out after 50 ms; 4 bytes that have "
							+ "come stay buffered; call again, or allow for more time by withTimeout")
			.isInstanceOf(java.net.SocketTimeoutException.class)
			.satisfies((ex) -> assertThat(ex.getStackTrace())
				.anyMatch((frame) -> frame.getClassName().equals(BufferedSocketTests.class.getName())));
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> hurried.receiveExactly(5));
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> hurried.peek(5));
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(hurried::receiveToEnd);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Netstrings.receive(hurried));
		assertThat(this.socket.available()).isEqualTo(4);
		this.loopback.says("\nrest");
		assertThat(Loopback.text(this.socket.receiveUntil(Loopback.CRLF))).isEqualTo("abc");
		assertThat(Loopback.text(this.socket.receiveExactly(4))).isEqualTo("rest");
	}

	@Test
	void timeoutOfOneCallIsThatOfNoOther() throws Exception {
		FutureTask<byte[]> patient = started(() -> this.socket.receiveExactly(5));
		Awaitility.await().until(() -> this.loopback.receives().waiting() == 1);
		assertThatExceptionOfType(SocketTimeoutException.class)
			.isThrownBy(() -> this.socket.withTimeout(Loopback.SHORT).receiveExactly(1));
		this.loopback.says("hello");
		assertThat(Loopback.text(patient.get())).isEqualTo("hello");
	}

	@Test
	void boundLeavesWhatHasCome() throws IOException {
		BufferedSocket narrow = this.socket.withMaxSize(10);
		this.loopback.says("0123456789a\r\n");
		assertThatExceptionOfType(MessageTooLongException.class).isThrownBy(() -> narrow.receiveUntil(Loopback.CRLF))
			.withMessageContaining("receiveUntil(0x0d0a)")
			.withMessageContaining("first 10 bytes")
			.withMessageContaining("withMaxSize");
		assertThatExceptionOfType(MessageTooLongException.class).isThrownBy(() -> narrow.receiveExactly(11))
			.withMessageContaining("receiveExactly(11)");
		assertThatExceptionOfType(MessageTooLongException.class).isThrownBy(() -> narrow.peek(11));
		assertThatExceptionOfType(MessageTooLongException.class).isThrownBy(narrow::receiveToEnd);
		assertThat(narrow.receive(100)).hasSize(10);
		assertThat(Loopback.text(this.socket.receiveUntil(Loopback.CRLF))).isEqualTo("a");
	}

	@Test
	void messageMayBeAsLongAsTheBound() throws IOException {
		byte[] message = new byte[32 * 1024];
		this.loopback.says(message).says(Loopback.CRLF).says(message);
		assertThat(this.socket.receiveUntil(Loopback.CRLF)).isEqualTo(message);
		assertThat(this.socket.receiveExactly(message.length)).isEqualTo(message);
		assertThatExceptionOfType(MessageTooLongException.class)
			.isThrownBy(() -> this.socket.receiveExactly(message.length + 1));
	}

	@Test
	void closedPeerLeavesWhatHasCome() throws IOException {
		this.loopback.says("abc").peer().close();
		assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> this.socket.receiveExactly(4))
			.withMessageContaining("receiveExactly(4)")
			.withMessageContaining("the peer has closed the connection; 3 bytes that have come stay buffered");
		assertThatExceptionOfType(ConnectionClosedException.class)
			.isThrownBy(() -> this.socket.receiveUntil(Loopback.CRLF));
		assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> this.socket.peek(4));
		assertThat(Loopback.text(this.socket.peek(3))).isEqualTo("abc");
		assertThat(Loopback.text(this.socket.receive(2))).isEqualTo("ab");
		assertThat(Loopback.text(this.socket.receiveToEnd())).isEqualTo("c");
		assertThat(this.socket.receive(1)).isEmpty();
	}

	@Test
	void resetIsNoEnd() throws IOException {
		this.loopback.says("abc");
		assertThat(Loopback.text(this.socket.peek(3))).isEqualTo("abc");
		this.loopback.resets();
		assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(this.socket::receiveToEnd)
			.withMessageContaining("the connection broke")
			.withCauseInstanceOf(IOException.class);
		assertThat(Loopback.text(this.socket.receive(10))).isEqualTo("abc");
		assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> this.socket.receive(10));
	}

	@Test
	void connectionClosedOnThisSideIsNoEnd() throws IOException {
		this.loopback.says("abc");
		assertThat(Loopback.text(this.socket.peek(3))).isEqualTo("abc");
		this.socket.close();
		assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(this.socket::receiveToEnd)
			.withMessageContaining("closed on this side");
		assertThat(Loopback.text(this.socket.receiveExactly(3))).isEqualTo("abc");
	}

	@Test
	void peerThatClosesItsHalfOnlyCanBeAnswered() throws IOException {
		try (Loopback loopback = Loopback.open(true,
				(client) -> client.option(ChannelOption.ALLOW_HALF_CLOSURE, true))) {
			loopback.says("question").peer().shutdownOutput();
			assertThat(Loopback.text(loopback.socket().receiveToEnd())).isEqualTo("question");
			loopback.socket().sendAll("answer".getBytes(StandardCharsets.US_ASCII));
			assertThat(loopback.hears(6)).isEqualTo("answer");
		}
	}

	/*
	 * Not with epoll: Netty 4.2.17 forgets a connection of which it has seen one half
	 * end, and cannot learn then when it may write again.
	 */
	@Test
	void peerThatClosesItsHalfOnlyGetsALongAnswer() throws Exception {
		byte[] answer = new byte[8 * 1024 * 1024];
		try (Loopback loopback = Loopback.open(false,
				(client) -> client.option(ChannelOption.ALLOW_HALF_CLOSURE, true))) {
			loopback.says("question").peer().shutdownOutput();
			assertThat(Loopback.text(loopback.socket().receiveToEnd())).isEqualTo("question");
			FutureTask<Boolean> sender = started(() -> {
				loopback.socket().withMaxSize(answer.length).sendAll(answer);
				return true;
			});
			assertThat(loopback.peer().getInputStream().readNBytes(answer.length)).hasSize(answer.length);
			assertThat(sender.get()).isTrue();
		}
	}

	@Test
	void waitingReceiverLearnsOfTheEnd() throws Exception {
		FutureTask<byte[]> waiting = started(() -> this.socket.receiveExactly(5));
		this.loopback.says("abc");
		Awaitility.await().until(() -> this.socket.available() == 3);
		this.loopback.peer().close();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(waiting::get)
			.withCauseInstanceOf(ConnectionClosedException.class);
		assertThat(Loopback.text(this.socket.receiveToEnd())).isEqualTo("abc");
	}

	@Test
	void interruptedThreadStaysSoAndLeavesWhatHasCome() throws Exception {
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		this.loopback.says("abc");
		Thread thread = new Thread(() -> {
			try {
				this.socket.receiveExactly(5);
			}
			catch (InterruptedIOException ex) {
				interrupted.complete(!(ex instanceof java.net.SocketTimeoutException)
						&& Thread.currentThread().isInterrupted() && ex.getMessage().contains("was interrupted"));
			}
			catch (IOException ex) {
				interrupted.completeExceptionally(ex);
			}
		});
		thread.start();
		Awaitility.await().until(() -> this.loopback.receives().waiting() == 1);
		thread.interrupt();
		assertThat(interrupted.get()).isTrue();
		this.loopback.says("de");
		assertThat(Loopback.text(this.socket.receiveExactly(5))).isEqualTo("abcde");
	}

	@Test
	void interruptedThreadReceivesWhatIsThere() throws Exception {
		this.loopback.says("abc");
		assertThat(this.socket.peek(3)).hasSize(3);
		this.loopback.channel().eventLoop().submit(() -> "done with it").sync();
		Thread.currentThread().interrupt();
		try {
			assertThat(Loopback.text(this.socket.receiveExactly(3))).isEqualTo("abc");
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void eventLoopIsRefusedAtOnce() {
		CompletableFuture<byte[]> onLoop = new CompletableFuture<>();
		this.loopback.channel().eventLoop().execute(() -> {
			try {
				onLoop.complete(this.socket.receiveUntil(Loopback.CRLF));
			}
			catch (Throwable ex) {
				onLoop.completeExceptionally(ex);
			}
		});
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(onLoop::get)
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("receiveUntil(0x0d0a) would block socket-test-")
			.withMessageContaining("BufferedSocket.reactive()");
	}

	@Test
	void nonBlockingThreadIsRefusedAtOnce() throws Exception {
		for (Blocking operation : new Blocking[] { () -> this.socket.receive(1), () -> this.socket.send(Loopback.CRLF),
				() -> this.socket.sendAll(Loopback.CRLF), this.socket::flush, this.socket::detach }) {
			FutureTask<Boolean> task = new FutureTask<>(() -> {
				assertThatIllegalStateException().isThrownBy(operation::run).withMessageContaining("must not wait");
				return true;
			});
			Schedulers.parallel().schedule(task);
			assertThat(task.get()).isTrue();
		}
	}

	@Test
	void argumentsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.withTimeout(Duration.ZERO))
			.withMessage("timeout must be positive, was: PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.withTimeout(Duration.ofMillis(-1)))
			.withMessageContaining("timeout");
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.withMaxSize(0))
			.withMessage("maxSize must be positive, was: 0");
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.receive(-1))
			.withMessage("size must not be negative, was: -1");
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.receiveExactly(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.peek(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.receiveUntil(new byte[0]))
			.withMessage("delimiter must not be empty");
	}

	@Test
	void timeoutMayBeForEver() throws IOException {
		this.loopback.says("abc");
		assertThat(this.socket.withTimeout(Duration.ofSeconds(Long.MAX_VALUE)).receiveExactly(3)).hasSize(3);
	}

	@Test
	void longMessagesAreReceived() throws Exception {
		BufferedSocket wide = this.socket.withMaxSize(128 * 1024);
		Random random = new Random(1);
		byte[][] messages = new byte[50][128 * 1024];
		Arrays.stream(messages).forEach(random::nextBytes);
		FutureTask<Boolean> peer = started(() -> {
			for (byte[] message : messages) {
				this.loopback.says(message.length + ":").says(message).says(",");
			}
			return true;
		});
		for (byte[] message : messages) {
			assertThat(Netstrings.receive(wide)).isEqualTo(message);
		}
		assertThat(peer.get()).isTrue();
	}

	@Test
	void peerThatSendsTooMuchIsKeptWaiting() throws Exception {
		byte[] much = new byte[64 * 1024 * 1024];
		FutureTask<Boolean> peer = started(() -> {
			this.loopback.says(much);
			return true;
		});
		Awaitility.await().until(() -> this.socket.available() >= ReceiveQueue.FULL);
		Awaitility.await().during(Duration.ofMillis(300)).until(() -> this.socket.available() < 2 * ReceiveQueue.FULL);
		assertThat(peer.isDone()).isFalse();
		int received = 0;
		while (received < much.length) {
			received += this.socket.receive(32 * 1024).length;
			assertThat(this.socket.available()).isLessThan(2 * ReceiveQueue.FULL);
		}
		assertThat(peer.get()).isTrue();
	}

	@Test
	void whoWaitsForMuchHasNoMoreReadThanThat() throws Exception {
		int size = 4 * ReceiveQueue.FULL;
		FutureTask<byte[]> receiver = started(() -> this.socket.withMaxSize(size).receiveExactly(size));
		Awaitility.await().until(() -> this.loopback.receives().waiting() == 1);
		FutureTask<Boolean> peer = started(() -> {
			this.loopback.says(new byte[64 * 1024 * 1024]);
			return true;
		});
		assertThat(receiver.get()).hasSize(size);
		Awaitility.await().during(Duration.ofMillis(200)).until(() -> this.socket.available() < 2 * ReceiveQueue.FULL);
		assertThat(peer.isDone()).isFalse();
	}

	@Test
	void handlerThatDoesNotTellOfTheEndOfAReadKeepsNobodyWaiting() throws Exception {
		this.loopback.connection().addHandlerLast(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelReadComplete(ChannelHandlerContext context) {
				// Does not tell.
			}

		});
		FutureTask<byte[]> receiver = started(() -> this.socket.receiveExactly(3));
		Awaitility.await().until(() -> this.loopback.receives().waiting() == 1);
		this.loopback.says("abc");
		assertThat(Loopback.text(receiver.get())).isEqualTo("abc");
	}

	/*
	 * The end reaches this side while nothing is read there.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void peerThatSendsMuchAndClosesIsHeardToTheEnd(boolean preferNative) throws Exception {
		// So much that some of it has to wait in the system's buffer, which has room.
		byte[] much = new byte[ReceiveQueue.FULL + 150_000];
		new Random(1).nextBytes(much);
		try (Loopback loopback = Loopback.open(preferNative,
				(client) -> client.option(ChannelOption.SO_RCVBUF, 1024 * 1024))) {
			FutureTask<Boolean> peer = started(() -> {
				loopback.says(much).peer().close();
				return true;
			});
			Awaitility.await().until(() -> loopback.socket().available() >= ReceiveQueue.FULL);
			// What the system has room for is sent by then, and mostly all of it.
			Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
			int size = 0;
			byte[] received = loopback.socket().receive(10_000);
			while (received.length > 0) {
				assertThat(received).isEqualTo(Arrays.copyOfRange(much, size, size + received.length));
				size += received.length;
				received = loopback.socket().receive(10_000);
			}
			assertThat(size).isEqualTo(much.length);
			assertThat(peer.get()).isTrue();
		}
	}

	@Test
	void secondSocketOnAConnectionIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> BufferedSocket.over(this.loopback.channel()))
			.withMessageContaining("detach");
	}

	@Test
	void socketOnAClosedConnectionHasEnded() throws Exception {
		this.socket.detach();
		Channel channel = this.loopback.channel();
		channel.close().sync();
		BufferedSocket late = BufferedSocket.over(channel);
		assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> late.receive(1));
		assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> late.send(Loopback.CRLF));
	}

	@Test
	void noSocketIsPutOnAConnectionThatIsPutAway() throws Exception {
		this.loopback.peer().close();
		this.loopback.channel().closeFuture().sync();
		Awaitility.await().until(() -> !this.loopback.channel().isRegistered());
		assertThatIllegalStateException().isThrownBy(() -> BufferedSocket.over(this.loopback.connection().channel()))
			.withMessageContaining("BufferedSocket.connect");
	}

	static <T> FutureTask<T> started(Callable<T> task) {
		FutureTask<T> future = new FutureTask<>(task);
		Thread thread = new Thread(future);
		thread.setDaemon(true);
		thread.start();
		return future;
	}

	private interface Blocking {

		void run() throws IOException;

	}

}
