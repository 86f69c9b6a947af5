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
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The bytes that were received and not yet taken, in the pooled chunks in which they
 * came. Bytes that find room in the last chunk are copied there: two neighbours together
 * hold more than one of them could, so that many small arrivals need no more memory than
 * twice what was received.
 * <p>
 * Owns its chunks. Used by one thread at a time.
 */
final class ReceiveBuffer {

	private final List<ByteBuf> chunks = new ArrayList<>();

	private int size;

	private long taken;

	private boolean onHeap;

	/**
	 * Adds bytes at the end.
	 * @param chunk the bytes, which this buffer owns from now on
	 */
	void append(ByteBuf chunk) {
		int length = chunk.readableBytes();
		if (length > 0 && !fitsIntoLast(length)) {
			this.chunks.add(chunk);
			this.size += length;
			return;
		}
		try {
			if (length > 0) {
				last().writeBytes(chunk);
				this.size += length;
			}
		}
		finally {
			chunk.release();
		}
	}

	/*
	 * What others hold a reference to may be read by them at this moment.
	 */
	private boolean fitsIntoLast(int length) {
		if (this.chunks.isEmpty()) {
			return false;
		}
		ByteBuf last = last();
		return length <= last.writableBytes() && last.refCnt() == 1 && !last.isReadOnly();
	}

	private ByteBuf last() {
		return this.chunks.get(this.chunks.size() - 1);
	}

	int size() {
		return this.size;
	}

	/**
	 * Returns how many bytes have left the buffer since it was made.
	 * @return their number
	 */
	long taken() {
		return this.taken;
	}

	/**
	 * Returns one byte.
	 * @param index its place, below {@link #size()}
	 * @return the byte
	 */
	byte byteAt(int index) {
		int left = index;
		for (ByteBuf chunk : this.chunks) {
			if (left < chunk.readableBytes()) {
				return chunk.getByte(chunk.readerIndex() + left);
			}
			left -= chunk.readableBytes();
		}
		throw new IndexOutOfBoundsException(index);
	}

	/**
	 * Finds bytes. Costs what lies behind {@code from}, not what lies before it, as most
	 * searches begin at the front or go on near the end.
	 * @param wanted the bytes, at least one
	 * @param from where to begin, up to {@link #size()}
	 * @return the place of the first of them, or -1
	 */
	int indexOf(byte[] wanted, int from) {
		int index = 0;
		int start = 0;
		if (from > 0) {
			index = this.chunks.size();
			start = this.size;
		}
		while (start > from) {
			index--;
			start -= this.chunks.get(index).readableBytes();
		}
		for (; index < this.chunks.size(); index++) {
			ByteBuf chunk = this.chunks.get(index);
			int at = indexOf(wanted, index, chunk.readerIndex() + Math.max(from - start, 0));
			if (at >= 0) {
				return start + at - chunk.readerIndex();
			}
			start += chunk.readableBytes();
		}
		return -1;
	}

	private int indexOf(byte[] wanted, int index, int from) {
		ByteBuf chunk = this.chunks.get(index);
		int at = from;
		while (at < chunk.writerIndex()) {
			at = chunk.indexOf(at, chunk.writerIndex(), wanted[0]);
			if (at < 0 || matches(wanted, index, at)) {
				return at;
			}
			at++;
		}
		return -1;
	}

	private boolean matches(byte[] wanted, int index, int from) {
		int at = from;
		int current = index;
		for (int i = 1; i < wanted.length; i++) {
			at++;
			while (at == this.chunks.get(current).writerIndex()) {
				current++;
				if (current == this.chunks.size()) {
					return false;
				}
				at = this.chunks.get(current).readerIndex();
			}
			if (this.chunks.get(current).getByte(at) != wanted[i]) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Takes bytes from the front, without copying them.
	 * @param length how many, up to {@link #size()}
	 * @return the bytes, which the caller owns
	 */
	ByteBuf take(int length) {
		if (length == 0) {
			return Unpooled.EMPTY_BUFFER;
		}
		ByteBuf bytes = (length <= this.chunks.get(0).readableBytes()) ? takeFromFirst(length) : takeFromAll(length);
		this.size -= length;
		this.taken += length;
		return bytes;
	}

	private ByteBuf takeFromAll(int length) {
		CompositeByteBuf bytes = this.chunks.get(0).alloc().compositeBuffer(this.chunks.size());
		int left = length;
		while (left > 0) {
			ByteBuf part = takeFromFirst(Math.min(left, this.chunks.get(0).readableBytes()));
			left -= part.readableBytes();
			bytes.addComponent(true, part);
		}
		return bytes;
	}

	private ByteBuf takeFromFirst(int length) {
		ByteBuf first = this.chunks.get(0);
		return (length < first.readableBytes()) ? first.readRetainedSlice(length) : this.chunks.remove(0);
	}

	/**
	 * Takes bytes from the front.
	 * @param length how many, up to {@link #size()}
	 * @return a copy
	 */
	byte[] takeBytes(int length) {
		byte[] bytes = new byte[length];
		int at = 0;
		while (at < length) {
			ByteBuf first = this.chunks.get(0);
			int part = Math.min(length - at, first.readableBytes());
			first.readBytes(bytes, at, part);
			at += part;
			releaseFirstIfEmpty();
		}
		this.size -= length;
		this.taken += length;
		return bytes;
	}

	/**
	 * Drops bytes from the front.
	 * @param length how many, up to {@link #size()}
	 */
	void skip(int length) {
		int left = length;
		while (left > 0) {
			ByteBuf first = this.chunks.get(0);
			int part = Math.min(left, first.readableBytes());
			first.skipBytes(part);
			left -= part;
			releaseFirstIfEmpty();
		}
		this.size -= length;
		this.taken += length;
	}

	private void releaseFirstIfEmpty() {
		if (!this.chunks.get(0).isReadable()) {
			this.chunks.remove(0).release();
		}
	}

	/**
	 * Returns bytes from the front, which stay in the buffer.
	 * @param length how many, up to {@link #size()}
	 * @return the bytes, not copied, which the caller releases
	 */
	ByteBuf peek(int length) {
		if (length == 0) {
			return Unpooled.EMPTY_BUFFER;
		}
		ByteBuf first = this.chunks.get(0);
		if (length <= first.readableBytes()) {
			return first.retainedSlice(first.readerIndex(), length);
		}
		CompositeByteBuf bytes = first.alloc().compositeBuffer(this.chunks.size());
		for (ByteBuf chunk : this.chunks) {
			int part = Math.min(length - bytes.readableBytes(), chunk.readableBytes());
			if (part > 0) {
				bytes.addComponent(true, chunk.retainedSlice(chunk.readerIndex(), part));
			}
		}
		return bytes;
	}

	/**
	 * Returns bytes from the front, which stay in the buffer.
	 * @param length how many, up to {@link #size()}
	 * @return a copy
	 */
	byte[] peekBytes(int length) {
		byte[] bytes = new byte[length];
		int at = 0;
		for (ByteBuf chunk : this.chunks) {
			int part = Math.min(length - at, chunk.readableBytes());
			chunk.getBytes(chunk.readerIndex(), bytes, at, part);
			at += part;
		}
		return bytes;
	}

	/**
	 * Copies what is there to the heap and gives the pooled chunks back: from then on a
	 * buffer that is forgotten is no leak. Nothing must be appended afterwards.
	 */
	void moveToHeap() {
		if (!this.onHeap) {
			byte[] rest = peekBytes(this.size);
			this.chunks.forEach(ByteBuf::release);
			this.chunks.clear();
			if (rest.length > 0) {
				this.chunks.add(Unpooled.wrappedBuffer(rest));
			}
			this.onHeap = true;
		}
	}

}
