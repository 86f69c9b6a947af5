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

package io.support.benchmarks.socket;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How a message ends.
 */
public enum Framing {

	/** With a line feed. */
	LINE_FEED {

		@Override
		byte[] frame(byte[] message) {
			byte[] framed = Arrays.copyOf(message, message.length + 1);
			framed[message.length] = '\n';
			return framed;
		}

	},

	/** With carriage return and line feed. */
	CRLF {

		@Override
		byte[] frame(byte[] message) {
			byte[] framed = Arrays.copyOf(message, message.length + 2);
			framed[message.length] = '\r';
			framed[message.length + 1] = '\n';
			return framed;
		}

	},

	/** As the four bytes before it say. */
	LENGTH {

		@Override
		byte[] frame(byte[] message) {
			return ByteBuffer.allocate(Integer.BYTES + message.length).putInt(message.length).put(message).array();
		}

	};

	abstract byte[] frame(byte[] message);

}
