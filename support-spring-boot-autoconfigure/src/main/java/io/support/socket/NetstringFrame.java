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

/**
 * A netstring: the length in decimal digits, a colon, as many bytes, a comma. There is
 * one way to write a length: digits only, with no zero before others.
 */
final class NetstringFrame extends Frame {

	private final int maxSize;

	private String complaint = "";

	NetstringFrame(int maxSize) {
		this.maxSize = maxSize;
	}

	@Override
	State seek(ReceiveBuffer buffer, boolean ended) {
		int length = 0;
		int at = 0;
		while (at < buffer.size()) {
			byte next = buffer.byteAt(at);
			if (next == ':' && at > 0) {
				return seekContent(buffer, at + 1, length);
			}
			if (next < '0' || next > '9' || (at == 1 && length == 0)) {
				return complain(State.MALFORMED, "a length in digits and a colon were expected, byte " + at
						+ " of the netstring is 0x" + Integer.toHexString(next & 0xFF));
			}
			long longer = length * 10L + next - '0';
			if (longer > this.maxSize) {
				return complain(State.TOO_LONG,
						"it may be " + this.maxSize + " bytes at most, and has " + longer + " or more");
			}
			length = (int) longer;
			at++;
		}
		return State.INCOMPLETE;
	}

	private State seekContent(ReceiveBuffer buffer, int header, int length) {
		if (buffer.size() - header <= length) {
			return State.INCOMPLETE;
		}
		byte last = buffer.byteAt(header + length);
		if (last != ',') {
			return complain(State.MALFORMED, "a comma was expected behind its " + length + " bytes, and 0x"
					+ Integer.toHexString(last & 0xFF) + " has come");
		}
		return found(header, length, 1);
	}

	private State complain(State state, String complaint) {
		this.complaint = complaint;
		return state;
	}

	@Override
	long demand() {
		return String.valueOf(this.maxSize).length() + 1L + this.maxSize + 1L;
	}

	@Override
	String complaint() {
		return this.complaint;
	}

	@Override
	public String toString() {
		return "receive of a netstring";
	}

}
