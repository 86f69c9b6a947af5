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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A stream in the pieces in which it arrives.
 */
final class Pieces {

	private Pieces() {
	}

	/**
	 * Cuts a stream.
	 * @param stream the stream
	 * @param cuts the bits say behind which bytes it is cut
	 * @return its pieces
	 */
	static List<byte[]> byMask(byte[] stream, long cuts) {
		List<byte[]> pieces = new ArrayList<>();
		int from = 0;
		for (int i = 1; i < stream.length; i++) {
			if ((cuts & (1L << (i - 1))) != 0) {
				pieces.add(Arrays.copyOfRange(stream, from, i));
				from = i;
			}
		}
		pieces.add(Arrays.copyOfRange(stream, from, stream.length));
		return pieces;
	}

	static List<byte[]> inTwo(byte[] stream, int at) {
		return List.of(Arrays.copyOfRange(stream, 0, at), Arrays.copyOfRange(stream, at, stream.length));
	}

	/**
	 * Cuts a stream into pieces of given sizes, over and over.
	 * @param stream the stream
	 * @param sizes the sizes
	 * @return its pieces
	 */
	static List<byte[]> bySizes(byte[] stream, List<Integer> sizes) {
		List<byte[]> pieces = new ArrayList<>();
		int from = 0;
		for (int i = 0; from < stream.length; i++) {
			int to = Math.min(stream.length, from + sizes.get(i % sizes.size()));
			pieces.add(Arrays.copyOfRange(stream, from, to));
			from = to;
		}
		return pieces;
	}

	/**
	 * Makes a buffer as a channel does: pooled, with or without room behind the bytes.
	 * @param piece the bytes
	 * @param room how much room
	 * @return the buffer
	 */
	static ByteBuf pooled(byte[] piece, int room) {
		return ByteBufAllocator.DEFAULT.directBuffer(Math.max(1, piece.length + room), Math.max(1, piece.length + room))
			.writeBytes(piece);
	}

}
