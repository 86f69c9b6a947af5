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
import java.util.List;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NetstringFrame}.
 */
class NetstringFrameTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "0:,|''", "5:hello,|hello", "3:a,b,rest|a,b", "10:0123456789,|0123456789" })
	void netstringIsReceived(String stream, String content) {
		ReceiveBuffer buffer = buffer(stream);
		NetstringFrame frame = new NetstringFrame(100);
		assertThat(frame.seek(buffer, false)).isEqualTo(Frame.State.COMPLETE);
		assertThat(frame.cut(buffer, Form.BYTES)).asString(StandardCharsets.US_ASCII).isEqualTo(content);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1:", "+5:hello,", "1_0:0123456789,", "01:a,", "00:,", ":,", " 1:a,", "1 :a,", "0x1:a,",
			"a", "1.0:a,", "-", "+", "\u0663:abc,", "1:ab", "0:x" })
	void anythingElseIsRefused(String stream) {
		NetstringFrame frame = new NetstringFrame(100);
		assertThat(frame.seek(buffer(stream), false)).isEqualTo(Frame.State.MALFORMED);
		assertThat(frame.complaint()).contains("expected", "0x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "101", "101:", "999999999999999999999999", "2147483648:", "4294967297:a," })
	void moreThanTheBoundIsTooLong(String stream) {
		NetstringFrame frame = new NetstringFrame(100);
		assertThat(frame.seek(buffer(stream), false)).isEqualTo(Frame.State.TOO_LONG);
		assertThat(frame.complaint()).contains("100 bytes at most");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 9, 10, 11, 99, Integer.MAX_VALUE })
	void lengthMayBeTheBound(int bound) {
		assertThat(new NetstringFrame(bound).seek(buffer(bound + ":"), false)).isEqualTo(Frame.State.INCOMPLETE);
		assertThat(new NetstringFrame(bound).seek(buffer((bound + 1L) + ":"), false)).isEqualTo(Frame.State.TOO_LONG);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1", "10", "0", "3:", "3:ab", "3:abc" })
	void partOfANetstringIsIncomplete(String stream) {
		List.of(false, true)
			.forEach((ended) -> assertThat(new NetstringFrame(100).seek(buffer(stream), ended))
				.isEqualTo(Frame.State.INCOMPLETE));
	}

	private static ReceiveBuffer buffer(String stream) {
		ReceiveBuffer buffer = new ReceiveBuffer();
		buffer.append(Unpooled.wrappedBuffer(stream.getBytes(StandardCharsets.UTF_8)));
		return buffer;
	}

}
