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

import io.netty.buffer.ByteBufUtil;

/**
 * What one receiver waits for: where in the stream a message ends. Depends on the bytes
 * alone, not on how they are split when they come. One frame is for one receive, and
 * remembers how far it has looked.
 */
abstract class Frame {

	private int header;

	private int length;

	private int trailer;

	/**
	 * Looks for the frame at the front of a buffer.
	 * @param buffer the bytes so far
	 * @param ended whether they are all that will ever come
	 * @return what was found
	 */
	abstract State seek(ReceiveBuffer buffer, boolean ended);

	/**
	 * Says how many bytes are enough, whatever they are: with those at the front of the
	 * buffer the state is not incomplete, unless that takes the end of the stream. On any
	 * thread.
	 * @return their number
	 */
	abstract long demand();

	/**
	 * Says what is wrong, in states other than complete and incomplete.
	 * @return the middle of a sentence
	 */
	abstract String complaint();

	final State found(int header, int length, int trailer) {
		this.header = header;
		this.length = length;
		this.trailer = trailer;
		return State.COMPLETE;
	}

	/**
	 * Takes the frame, which is complete, from a buffer.
	 * @param <T> the form
	 * @param buffer the buffer
	 * @param form in which form
	 * @return what is in the frame
	 */
	final <T> T cut(ReceiveBuffer buffer, Form<T> form) {
		buffer.skip(this.header);
		T content = form.of(buffer, this.length);
		buffer.skip(this.trailer);
		return content;
	}

	/**
	 * The operation and its arguments.
	 */
	@Override
	public abstract String toString();

	/**
	 * Whatever is there.
	 * @param size at most so many bytes
	 * @return the frame
	 */
	static Frame some(int size) {
		return new Some(size);
	}

	/**
	 * So many bytes.
	 * @param operation what it is for
	 * @param size how many
	 * @param maxSize how many they may be
	 * @return the frame
	 */
	static Frame exactly(String operation, int size, int maxSize) {
		return new Exactly(operation, size, maxSize);
	}

	/**
	 * What comes before a delimiter.
	 * @param delimiter the delimiter
	 * @param maxSize how many bytes may come before it
	 * @return the frame
	 */
	static Frame until(byte[] delimiter, int maxSize) {
		return new Until(delimiter, maxSize);
	}

	/**
	 * All there is.
	 * @param maxSize how many bytes that may be
	 * @return the frame
	 */
	static Frame toEnd(int maxSize) {
		return new ToEnd(maxSize);
	}

	/**
	 * What is there of a frame.
	 */
	enum State {

		/** All of it. */
		COMPLETE,

		/** Not all of it. */
		INCOMPLETE,

		/** More than may be. */
		TOO_LONG,

		/** Something else. */
		MALFORMED

	}

	private static final class Some extends Frame {

		private final int maxSize;

		private Some(int maxSize) {
			this.maxSize = maxSize;
		}

		@Override
		State seek(ReceiveBuffer buffer, boolean ended) {
			return (ended || buffer.size() > 0) ? found(0, Math.min(buffer.size(), this.maxSize), 0) : State.INCOMPLETE;
		}

		@Override
		long demand() {
			return 1;
		}

		@Override
		String complaint() {
			return "";
		}

		@Override
		public String toString() {
			return "receive(" + this.maxSize + ")";
		}

	}

	private static final class Exactly extends Frame {

		private final String operation;

		private final int size;

		private final int maxSize;

		private Exactly(String operation, int size, int maxSize) {
			this.operation = operation;
			this.size = size;
			this.maxSize = maxSize;
		}

		@Override
		State seek(ReceiveBuffer buffer, boolean ended) {
			if (this.size > this.maxSize) {
				return State.TOO_LONG;
			}
			return (buffer.size() >= this.size) ? found(0, this.size, 0) : State.INCOMPLETE;
		}

		@Override
		long demand() {
			return this.size;
		}

		@Override
		String complaint() {
			return "it may be " + this.maxSize + " bytes at most";
		}

		@Override
		public String toString() {
			return this.operation + "(" + this.size + ")";
		}

	}

	private static final class Until extends Frame {

		private final byte[] delimiter;

		private final int maxSize;

		private int searched;

		/** Where the search began. */
		private long origin;

		private Until(byte[] delimiter, int maxSize) {
			this.delimiter = delimiter;
			this.maxSize = maxSize;
		}

		@Override
		State seek(ReceiveBuffer buffer, boolean ended) {
			if (this.origin != buffer.taken()) {
				this.origin = buffer.taken();
				this.searched = 0;
			}
			int found = buffer.indexOf(this.delimiter, this.searched);
			if (found >= 0) {
				return (found <= this.maxSize) ? found(0, found, this.delimiter.length) : State.TOO_LONG;
			}
			this.searched = Math.max(buffer.size() - this.delimiter.length + 1, 0);
			return (this.searched > this.maxSize) ? State.TOO_LONG : State.INCOMPLETE;
		}

		@Override
		long demand() {
			return (long) this.maxSize + this.delimiter.length;
		}

		@Override
		String complaint() {
			return "the delimiter is not behind the first " + this.maxSize + " bytes or before";
		}

		@Override
		public String toString() {
			return "receiveUntil(0x" + ByteBufUtil.hexDump(this.delimiter) + ")";
		}

	}

	private static final class ToEnd extends Frame {

		private final int maxSize;

		private ToEnd(int maxSize) {
			this.maxSize = maxSize;
		}

		@Override
		State seek(ReceiveBuffer buffer, boolean ended) {
			if (buffer.size() > this.maxSize) {
				return State.TOO_LONG;
			}
			return ended ? found(0, buffer.size(), 0) : State.INCOMPLETE;
		}

		@Override
		long demand() {
			return this.maxSize + 1L;
		}

		@Override
		String complaint() {
			return "more than " + this.maxSize + " bytes have come";
		}

		@Override
		public String toString() {
			return "receiveToEnd()";
		}

	}

}
