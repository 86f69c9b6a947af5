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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.netty.buffer.Unpooled;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link Frame}: a stream parses the same however it is split.
 */
class FrameTests {

	private static final byte[] CRLF = { '\r', '\n' };

	@Provide
	Arbitrary<Message> messages() {
		// Few characters, so that delimiters and parts of them come by chance.
		Arbitrary<String> texts = Arbitraries.strings().withChars("\r\nab:,0").ofMaxLength(12);
		Arbitrary<String> lines = texts.filter((text) -> (text + "\r\n").indexOf("\r\n") == text.length());
		return Arbitraries.oneOf(lines.map(Message::line), texts.map(Message::sized), texts.map(Message::netstring));
	}

	@Provide
	Arbitrary<Supplier<Frame>> frames() {
		Arbitrary<Integer> bounds = Arbitraries.integers().between(1, 12);
		Arbitrary<byte[]> delimiters = Arbitraries.of("\n", "\r\n", "aa", "aab", "a\ra").map(FrameTests::bytes);
		Arbitrary<Supplier<Frame>> until = Combinators.combine(delimiters, bounds)
			.as((delimiter, bound) -> () -> Frame.until(delimiter, bound));
		Arbitrary<Supplier<Frame>> exactly = Combinators.combine(Arbitraries.integers().between(0, 8), bounds)
			.as((size, bound) -> () -> Frame.exactly("receiveExactly", size, bound));
		Arbitrary<Supplier<Frame>> netstring = bounds.map((bound) -> () -> new NetstringFrame(bound));
		Arbitrary<Supplier<Frame>> toEnd = bounds.map((bound) -> () -> Frame.toEnd(bound));
		return Arbitraries.oneOf(until, exactly, netstring, toEnd);
	}

	@Provide
	Arbitrary<String> streams() {
		return Arbitraries.strings().withChars("\r\naab012:,").ofMinLength(1).ofMaxLength(30);
	}

	@Property(tries = 500)
	void everySplitInTwoParsesTheSame(@ForAll @Size(min = 1, max = 8) List<@From("messages") Message> messages,
			@ForAll @IntRange(max = 20) int room) {
		byte[] stream = wire(messages);
		for (int at = 0; at <= stream.length; at++) {
			assertThat(script(messages).parse(Pieces.inTwo(stream, at), room)).as("split at " + at)
				.isEqualTo(contents(messages));
		}
	}

	@Property(tries = 30)
	void everyWayToSplitAShortStreamParsesTheSame(
			@ForAll @Size(min = 1, max = 3) List<@From("messages") Message> messages) {
		byte[] stream = wire(messages);
		int places = Math.min(stream.length - 1, 10);
		for (long cuts = 0; cuts < 1L << Math.max(places, 0); cuts++) {
			assertThat(script(messages).parse(Pieces.byMask(stream, cuts), 0)).isEqualTo(contents(messages));
		}
	}

	@Property(tries = 300)
	void anySplitOfALongStreamParsesTheSame(@ForAll @Size(min = 50, max = 200) List<@From("messages") Message> messages,
			@ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 50) Integer> sizes,
			@ForAll @IntRange(max = 100) int room) {
		assertThat(script(messages).parse(Pieces.bySizes(wire(messages), sizes), room)).isEqualTo(contents(messages));
	}

	@Property(tries = 2000)
	void anyStreamGivesTheSameErrorsHoweverItIsSplit(@ForAll("streams") String stream,
			@ForAll @Size(min = 1, max = 5) List<@From("frames") Supplier<Frame>> frames, @ForAll long cuts,
			@ForAll @IntRange(max = 20) int room) {
		Script script = new Script(frames);
		List<String> whole = script.parse(List.of(bytes(stream)), 0);
		assertThat(script.parse(Pieces.byMask(bytes(stream), cuts), room)).isEqualTo(whole);
		for (int at = 0; at <= stream.length(); at++) {
			assertThat(script.parse(Pieces.inTwo(bytes(stream), at), room)).as("split at " + at).isEqualTo(whole);
		}
	}

	@Property
	void boundIsABound(@ForAll @IntRange(min = 1, max = 100) int bound, @ForAll @IntRange(max = 200) int size) {
		boolean fits = size <= bound;
		byte[] content = new byte[size];
		assertThat(state(Frame.until(CRLF, bound), content, CRLF)).isEqualTo(state(fits));
		assertThat(state(Frame.exactly("peek", size, bound), content)).isEqualTo(state(fits));
		assertThat(state(Frame.toEnd(bound), content)).isEqualTo(state(fits));
		assertThat(state(new NetstringFrame(bound), bytes(size + ":"), content, bytes(","))).isEqualTo(state(fits));
	}

	private static Frame.State state(boolean fits) {
		return fits ? Frame.State.COMPLETE : Frame.State.TOO_LONG;
	}

	private static Frame.State state(Frame frame, byte[]... parts) {
		ReceiveBuffer buffer = new ReceiveBuffer();
		for (byte[] part : parts) {
			buffer.append(Unpooled.wrappedBuffer(part));
		}
		return frame.seek(buffer, true);
	}

	@Test
	void messageWithoutADelimiterIsTooLongAsSoonAsThatIsSure() {
		ReceiveBuffer buffer = new ReceiveBuffer();
		Frame frame = Frame.until(CRLF, 3);
		buffer.append(Unpooled.wrappedBuffer(bytes("abc\r")));
		assertThat(frame.seek(buffer, false)).isEqualTo(Frame.State.INCOMPLETE);
		buffer.append(Unpooled.wrappedBuffer(bytes("x")));
		assertThat(frame.seek(buffer, false)).isEqualTo(Frame.State.TOO_LONG);
	}

	/*
	 * Seconds if it goes on, most of an hour if it begins again.
	 */
	@Test
	@Timeout(50)
	void searchGoesOnWhereItStopped() {
		int size = 2_000_000;
		ReceiveBuffer buffer = new ReceiveBuffer();
		Frame frame = Frame.until(CRLF, size);
		for (int i = 0; i < size; i++) {
			buffer.append(Unpooled.buffer(64, 64).writeByte('x'));
			assertState(frame.seek(buffer, false), Frame.State.INCOMPLETE);
		}
		buffer.append(Unpooled.wrappedBuffer(CRLF));
		assertThat(frame.seek(buffer, false)).isEqualTo(Frame.State.COMPLETE);
	}

	/*
	 * AssertJ would be most of the time.
	 */
	private static void assertState(Frame.State actual, Frame.State expected) {
		if (actual != expected) {
			throw new AssertionError(actual);
		}
	}

	@Test
	void searchBeginsAgainIfOthersHaveTakenSomething() {
		ReceiveBuffer buffer = new ReceiveBuffer();
		Frame frame = Frame.until(CRLF, 100);
		buffer.append(Unpooled.wrappedBuffer(bytes("aaaaaa")));
		assertThat(frame.seek(buffer, false)).isEqualTo(Frame.State.INCOMPLETE);
		buffer.skip(6);
		buffer.append(Unpooled.wrappedBuffer(bytes("b\r\ncccccc")));
		assertThat(frame.seek(buffer, false)).isEqualTo(Frame.State.COMPLETE);
		assertThat(frame.cut(buffer, Form.BYTES)).isEqualTo(bytes("b"));
		assertThatNoException().isThrownBy(() -> buffer.skip(6));
	}

	private static Script script(List<Message> messages) {
		List<Supplier<Frame>> frames = new ArrayList<>();
		messages.forEach((message) -> frames.add(message.frame()));
		return new Script(frames);
	}

	private static List<String> contents(List<Message> messages) {
		return messages.stream().map(Message::content).toList();
	}

	private static byte[] wire(List<Message> messages) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		messages.forEach((message) -> stream.writeBytes(bytes(message.wire())));
		return stream.toByteArray();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * A message with the frame that receives it.
	 *
	 * @param frame makes the frame
	 * @param wire how it is sent
	 * @param content what is received
	 */
	record Message(Supplier<Frame> frame, String wire, String content) {

		static Message line(String content) {
			return new Message(() -> Frame.until(CRLF, 40), content + "\r\n", content);
		}

		static Message sized(String content) {
			return new Message(() -> Frame.exactly("receiveExactly", content.length(), 40), content, content);
		}

		static Message netstring(String content) {
			return new Message(() -> new NetstringFrame(40), content.length() + ":" + content + ",", content);
		}

	}

}
