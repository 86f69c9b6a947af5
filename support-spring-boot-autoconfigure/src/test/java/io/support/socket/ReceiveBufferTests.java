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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReceiveBuffer}.
 */
class ReceiveBufferTests {

	private final ReceiveBuffer buffer = new ReceiveBuffer();

	/*
	 * Against the obvious model, one array.
	 */
	@Property(tries = 500)
	void behavesLikeOneArray(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
		Random random = new Random(seed);
		ReceiveBuffer buffer = new ReceiveBuffer();
		List<ByteBuf> chunks = new ArrayList<>();
		byte[] model = {};
		long taken = 0;
		for (int i = 0; i < steps; i++) {
			int length = (model.length > 0) ? random.nextInt(model.length + 1) : 0;
			byte[] front = Arrays.copyOf(model, length);
			switch (random.nextInt(7)) {
				case 0, 1 -> {
					byte[] piece = new byte[random.nextInt(20)];
					for (int j = 0; j < piece.length; j++) {
						piece[j] = (byte) ('a' + random.nextInt(3));
					}
					chunks.add(Pieces.pooled(piece, random.nextInt(30)));
					buffer.append(chunks.get(chunks.size() - 1));
					model = join(model, piece);
					length = 0;
				}
				case 2 -> assertThat(buffer.takeBytes(length)).isEqualTo(front);
				case 3 -> assertThat(released(buffer.take(length))).isEqualTo(front);
				case 4 -> buffer.skip(length);
				case 5 -> {
					assertThat(buffer.peekBytes(length)).isEqualTo(front);
					assertThat(released(buffer.peek(length))).isEqualTo(front);
					length = 0;
				}
				default -> {
					assertFindsAll(buffer, model, random);
					length = 0;
				}
			}
			model = Arrays.copyOfRange(model, length, model.length);
			taken += length;
			assertThat(buffer.size()).isEqualTo(model.length);
			assertThat(buffer.taken()).isEqualTo(taken);
		}
		buffer.moveToHeap();
		assertThat(chunks).allMatch((chunk) -> chunk.refCnt() == 0);
		assertThat(buffer.takeBytes(buffer.size())).isEqualTo(model);
	}

	private static void assertFindsAll(ReceiveBuffer buffer, byte[] model, Random random) {
		String text = new String(model, StandardCharsets.US_ASCII);
		for (String wanted : List.of("a", "ab", "aab", "abcabc")) {
			int from = random.nextInt(model.length + 1);
			assertThat(buffer.indexOf(wanted.getBytes(StandardCharsets.US_ASCII), from)).as(wanted)
				.isEqualTo(text.indexOf(wanted, from));
		}
		for (int i = 0; i < model.length; i++) {
			assertThat(buffer.byteAt(i)).isEqualTo(model[i]);
		}
	}

	@Property(tries = 200)
	void delimiterIsFoundWhereverItIsSplit(@ForAll @Size(min = 1, max = 12) byte[] delimiter, @ForAll long cuts,
			@ForAll @IntRange(max = 20) int before) {
		byte[] stream = join(new byte[before], delimiter);
		ReceiveBuffer buffer = new ReceiveBuffer();
		Pieces.byMask(stream, cuts).forEach((piece) -> buffer.append(Unpooled.wrappedBuffer(piece)));
		String text = new String(stream, StandardCharsets.ISO_8859_1);
		String wanted = new String(delimiter, StandardCharsets.ISO_8859_1);
		assertThat(buffer.indexOf(delimiter, 0)).isEqualTo(text.indexOf(wanted));
	}

	@Test
	void manySmallArrivalsNeedLittleMemory() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
		for (int i = 0; i < 30_000; i++) {
			this.buffer.append(allocator.directBuffer(2048).writeByte(i));
		}
		assertThat(this.buffer.size()).isEqualTo(30_000);
		assertThat(allocator.metric().usedDirectMemory()).isLessThan(2 * 30_000 + 2048);
		this.buffer.skip(30_000);
		assertThat(allocator.metric().usedDirectMemory()).isZero();
	}

	@Test
	void nothingIsWrittenIntoWhatOthersRead() {
		ByteBuf chunk = Pieces.pooled("ab".getBytes(StandardCharsets.US_ASCII), 10);
		this.buffer.append(chunk);
		ByteBuf slice = this.buffer.take(1);
		this.buffer.append(Pieces.pooled("cd".getBytes(StandardCharsets.US_ASCII), 0));
		assertThat(chunk.writableBytes()).isEqualTo(10);
		slice.release();
		this.buffer.append(Pieces.pooled("ef".getBytes(StandardCharsets.US_ASCII), 0));
		assertThat(this.buffer.takeBytes(5)).isEqualTo("bcdef".getBytes(StandardCharsets.US_ASCII));
		assertThat(chunk.refCnt()).isZero();
	}

	@Test
	void whatIsTakenIsNotCopied() {
		ByteBuf chunk = Pieces.pooled("abcd".getBytes(StandardCharsets.US_ASCII), 0);
		this.buffer.append(chunk);
		ByteBuf slice = this.buffer.take(2);
		chunk.setByte(0, 'x');
		assertThat(slice.toString(StandardCharsets.US_ASCII)).isEqualTo("xb");
		assertThat(chunk.refCnt()).isEqualTo(2);
		slice.release();
		assertThat(this.buffer.take(2)).isSameAs(chunk);
		chunk.release();
	}

	@Test
	void emptyArrivalIsReleased() {
		ByteBuf chunk = Pieces.pooled(new byte[0], 10);
		this.buffer.append(chunk);
		assertThat(chunk.refCnt()).isZero();
		assertThat(this.buffer.size()).isZero();
	}

	@Test
	void byteThatIsNotThereIsAMistake() {
		this.buffer.append(Unpooled.wrappedBuffer(new byte[3]));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> this.buffer.byteAt(3));
	}

	private static byte[] released(ByteBuf bytes) {
		try {
			return ByteBufUtil.getBytes(bytes);
		}
		finally {
			bytes.release();
		}
	}

	private static byte[] join(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

}
