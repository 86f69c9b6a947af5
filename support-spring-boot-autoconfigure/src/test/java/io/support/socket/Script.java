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
import java.util.List;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;

/**
 * What a parser asks for, one after the other.
 *
 * @param frames makes the frames
 */
record Script(List<Supplier<Frame>> frames) {

	/**
	 * Parses a stream as it arrives.
	 * @param pieces the stream
	 * @param room how much room there is behind the bytes of each
	 * @return what was received until the first error, and that; the end of the stream is
	 * one
	 */
	List<String> parse(List<byte[]> pieces, int room) {
		Run run = new Run(this.frames);
		List<ByteBuf> chunks = new ArrayList<>();
		for (byte[] piece : pieces) {
			ByteBuf chunk = Pieces.pooled(piece, room);
			chunks.add(chunk);
			run.buffer.append(chunk);
			run.goOn(false);
		}
		run.goOn(true);
		run.buffer.skip(run.buffer.size());
		chunks.forEach((chunk) -> {
			if (chunk.refCnt() != 0) {
				throw new AssertionError("leaked: " + chunk);
			}
		});
		return run.results;
	}

	private static final class Run {

		private final ReceiveBuffer buffer = new ReceiveBuffer();

		private final List<String> results = new ArrayList<>();

		private final List<Supplier<Frame>> left;

		private Frame frame;

		private Run(List<Supplier<Frame>> frames) {
			this.left = new ArrayList<>(frames);
			next();
		}

		private void next() {
			this.frame = this.left.isEmpty() ? null : this.left.remove(0).get();
		}

		private void goOn(boolean ended) {
			while (this.frame != null) {
				Frame.State state = this.frame.seek(this.buffer, ended);
				if (state == Frame.State.COMPLETE) {
					this.results.add(content());
					next();
				}
				else if (state == Frame.State.INCOMPLETE && !ended) {
					return;
				}
				else {
					this.results.add(state + " " + this.frame.complaint() + " "
							+ ((state == Frame.State.INCOMPLETE) ? this.buffer.size() : ""));
					this.frame = null;
				}
			}
		}

		/*
		 * In both forms in turn.
		 */
		private String content() {
			if (this.results.size() % 2 == 0) {
				return new String(this.frame.cut(this.buffer, Form.BYTES), StandardCharsets.ISO_8859_1);
			}
			ByteBuf content = this.frame.cut(this.buffer, Form.BUFFER);
			try {
				return content.toString(StandardCharsets.ISO_8859_1);
			}
			finally {
				content.release();
			}
		}

	}

}
