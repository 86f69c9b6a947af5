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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import io.support.testing.EventLoopBlocker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BufferedSocket}: what it sends.
 */
class SendTests {

	private static final byte[] BIG = new byte[1024 * 1024];

	private Loopback loopback;

	private BufferedSocket socket;

	@BeforeEach
	void connect() throws IOException {
		this.loopback = Loopback.open();
		this.socket = this.loopback.socket().withMaxSize(BIG.length);
	}

	@AfterEach
	void close() throws IOException {
		this.loopback.close();
	}

	@Test
	void whatIsKeptBackGoesOutWithTheNext() throws IOException {
		this.socket.sendAll(bytes("0"));
		assertThat(this.loopback.hears(1)).isEqualTo("0");
		this.socket.buffer(bytes("ab"));
		this.socket.buffer(bytes("cd"));
		assertThatNothingComes();
		this.socket.send(bytes("ef"));
		assertThat(this.loopback.hears(6)).isEqualTo("abcdef");
		this.socket.buffer(bytes("gh"));
		assertThatNothingComes();
		this.socket.flush();
		assertThat(this.loopback.hears(2)).isEqualTo("gh");
	}

	private void assertThatNothingComes() throws IOException {
		this.loopback.peer().setSoTimeout((int) Loopback.SHORT.toMillis());
		assertThatExceptionOfType(java.net.SocketTimeoutException.class).isThrownBy(() -> this.loopback.hears(1));
		this.loopback.peer().setSoTimeout(10_000);
	}

	@Test
	void whatIsKeptBackHasABound() throws IOException {
		BufferedSocket narrow = this.socket.withMaxSize(10);
		narrow.buffer(bytes("01234567"));
		assertThatExceptionOfType(MessageTooLongException.class).isThrownBy(() -> narrow.buffer(bytes("890")))
			.withMessageContaining("11 bytes would be kept, and they may be 10");
		assertThatExceptionOfType(MessageTooLongException.class).isThrownBy(() -> narrow.buffer(new byte[100]));
		narrow.buffer(bytes("89"));
		narrow.flush();
		assertThat(this.loopback.hears(10)).isEqualTo("0123456789");
		narrow.buffer(bytes("0123456789"));
		narrow.flush();
		assertThat(this.loopback.hears(10)).isEqualTo("0123456789");
	}

	@Test
	void longerMessageThanTheBoundIsNotSent() throws IOException {
		BufferedSocket narrow = this.socket.withMaxSize(10);
		assertThatExceptionOfType(MessageTooLongException.class).isThrownBy(() -> narrow.send(new byte[11]))
			.withMessageContaining("send of 11 bytes failed: it may be 10 bytes at most");
		assertThatExceptionOfType(MessageTooLongException.class).isThrownBy(() -> narrow.sendAll(new byte[11]));
		assertThatExceptionOfType(MessageTooLongException.class)
			.isThrownBy(() -> Netstrings.send(narrow, new byte[11]));
		Netstrings.send(narrow, bytes("0123456789"));
		assertThat(this.loopback.hears(14)).isEqualTo("10:0123456789,");
	}

	@Test
	void callerMayChangeWhatWasSent() throws Exception {
		byte[] data = bytes("abc");
		try (EventLoopBlocker blocker = EventLoopBlocker.block((EventExecutor) this.loopback.channel().eventLoop())) {
			this.socket.buffer(data);
			data[0] = 'x';
			this.socket.send(data);
			data[0] = 'y';
		}
		assertThat(this.loopback.hears(6)).isEqualTo("abcxbc");
	}

	@Test
	void peerThatDoesNotReadMakesSendersWait() throws IOException {
		int sent = fill();
		assertThat(sent).isPositive();
		// Bounded: what was accepted is what the system and the channel hold.
		assertThatExceptionOfType(SocketTimeoutException.class)
			.isThrownBy(() -> this.socket.withTimeout(Loopback.SHORT).send(bytes("lost")))
			.withMessageContaining("send(4 bytes) timed out after 50 ms; nothing of it was sent")
			.satisfies((ex) -> assertThat(ex.bytesTransferred).isZero());
		assertThatExceptionOfType(SocketTimeoutException.class)
			.isThrownBy(() -> this.socket.withTimeout(Loopback.SHORT).flush())
			.withMessageContaining("flush() timed out");
		assertThat(this.loopback.hears(sent * BIG.length)).hasSize(sent * BIG.length);
		this.socket.sendAll(bytes("next"));
		assertThat(this.loopback.hears(4)).isEqualTo("next");
	}

	/*
	 * Sends until that would have to wait.
	 */
	private int fill() throws IOException {
		BufferedSocket hurried = this.socket.withTimeout(Duration.ofMillis(500));
		for (int sent = 0; sent < 100; sent++) {
			try {
				hurried.send(BIG);
			}
			catch (SocketTimeoutException ex) {
				return sent;
			}
		}
		throw new AssertionError("100 MiB were accepted");
	}

	@Test
	void messageThatWasHandedOverGoesOutAfterATimeout() throws Exception {
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> {
			while (true) {
				this.socket.withTimeout(Loopback.SHORT).sendAll(BIG);
			}
		})
			.withMessageContaining("sendAll(1048576 bytes) timed out after 50 ms; it goes out when the peer reads")
			.satisfies((ex) -> assertThat(ex.bytesTransferred).isEqualTo(BIG.length));
		FutureTask<Boolean> peer = BufferedSocketTests.started(() -> {
			byte[] heard = new byte[64 * 1024];
			long total = 0;
			int count = 0;
			while (count == 0 || heard[count - 1] != 'x') {
				count = this.loopback.peer().getInputStream().read(heard);
				total += count;
			}
			return total % BIG.length == 1;
		});
		this.socket.flush();
		this.socket.sendAll(bytes("x"));
		assertThat(peer.get()).isTrue();
	}

	@Test
	void interruptedSenderSaysWhatHasBecomeOfTheMessage() throws Exception {
		fill();
		FutureTask<InterruptedIOException> sender = new FutureTask<>(() -> {
			try {
				this.socket.send(bytes("lost"));
				return null;
			}
			catch (InterruptedIOException ex) {
				return ex;
			}
		});
		Thread thread = new Thread(sender);
		thread.start();
		Awaitility.await().until(() -> this.loopback.sends().waiting() == 1);
		thread.interrupt();
		assertThat(sender.get()).isNotNull().hasMessageContaining("nothing of it was sent");
		assertThat(this.loopback.sends().waiting()).isZero();
	}

	@Test
	void sendersAreToldOfTheEnd() throws Exception {
		fill();
		FutureTask<Boolean> waiting = BufferedSocketTests.started(() -> {
			assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> this.socket.send(bytes("a")))
				.withMessageContaining("a new connection is needed");
			return true;
		});
		Awaitility.await().until(() -> this.loopback.sends().waiting() == 1);
		this.loopback.resets();
		assertThat(waiting.get()).isTrue();
		assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> this.socket.send(bytes("a")));
		assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> this.socket.buffer(bytes("a")));
		assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> this.socket.flush());
	}

	@Test
	void tooManySendersAreRefused() throws IOException {
		fill();
		List<Disposable> waiting = new ArrayList<>();
		List<ByteBuf> messages = new ArrayList<>();
		ReactiveBufferedSocket reactive = this.socket.withTimeout(Duration.ofSeconds(60)).reactive();
		for (int i = 0; i < SendQueue.MAX_WAITING; i++) {
			ByteBuf message = Pieces.pooled(bytes("a"), 0);
			messages.add(message);
			waiting.add(reactive.sendAll(message).subscribe());
		}
		Awaitility.await().until(() -> this.loopback.sends().waiting() == SendQueue.MAX_WAITING);
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.socket.send(bytes("b")))
			.withMessageContaining("send(1 bytes) was refused: 1024 messages wait already");
		waiting.forEach(Disposable::dispose);
		Awaitility.await().until(() -> this.loopback.sends().waiting() == 0);
		assertThat(messages).allMatch((message) -> message.refCnt() == 0);
	}

	@Test
	void messagesOfConcurrentSendersGoOutInOnePiece() throws Exception {
		int senders = 8;
		int each = 200;
		CountDownLatch start = new CountDownLatch(1);
		List<FutureTask<Boolean>> tasks = new ArrayList<>();
		for (int i = 0; i < senders; i++) {
			byte[] message = new byte[1 + i * 997];
			Arrays.fill(message, (byte) ('a' + i));
			boolean reactive = i % 2 == 0;
			tasks.add(BufferedSocketTests.started(() -> {
				start.await();
				for (int j = 0; j < each; j++) {
					if (reactive) {
						Netstrings.send(this.socket.reactive(), Unpooled.copiedBuffer(message)).block();
					}
					else {
						Netstrings.send(this.socket, message);
					}
				}
				return true;
			}));
		}
		start.countDown();
		int[] heard = new int[senders];
		for (int i = 0; i < senders * each; i++) {
			String message = hearNetstring();
			heard[message.charAt(0) - 'a']++;
			assertThat(message).matches("(.)\\1*").hasSize(1 + (message.charAt(0) - 'a') * 997);
		}
		assertThat(heard).containsOnly(each);
		for (FutureTask<Boolean> task : tasks) {
			assertThat(task.get()).isTrue();
		}
	}

	private String hearNetstring() throws IOException {
		StringBuilder length = new StringBuilder();
		String next = this.loopback.hears(1);
		while (!next.equals(":")) {
			length.append(next);
			next = this.loopback.hears(1);
		}
		String message = this.loopback.hears(Integer.parseInt(length.toString()));
		assertThat(this.loopback.hears(1)).isEqualTo(",");
		return message;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
