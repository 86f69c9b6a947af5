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

package io.support.benchmarks.load;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResponseParser}.
 */
class ResponseParserTests {

	private final ResponseParser parser = new ResponseParser();

	ResponseParserTests() {
		this.parser.reset();
	}

	@Test
	void readsByteByByte() {
		String response = "HTTP/1.1 200 OK\r\nDate: now\r\ncontent-length: 3\r\n\r\nabc";
		for (int index = 0; index < response.length() - 1; index++) {
			assertThat(feed(response.substring(index, index + 1))).isFalse();
		}
		assertThat(feed("c")).isTrue();
		assertThat(this.parser.status()).isEqualTo(200);
		assertThat(this.parser.isLastOfConnection()).isFalse();
	}

	@Test
	void readsOneResponseAfterAnother() {
		assertThat(feed("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")).isTrue();
		this.parser.reset();
		assertThat(feed("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")).isTrue();
		assertThat(this.parser.status()).isEqualTo(503);
	}

	@Test
	void bodyWithoutLengthEndsWithTheConnection() {
		assertThat(feed("HTTP/1.1 503 Service Unavailable\r\n\r\nsorry")).isFalse();
		assertThat(this.parser.end()).isTrue();
		assertThat(this.parser.status()).isEqualTo(503);
		assertThat(this.parser.isLastOfConnection()).isTrue();
	}

	@Test
	void skipsInterimResponses() {
		assertThat(feed("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")).isTrue();
		assertThat(this.parser.status()).isEqualTo(204);
	}

	@Test
	void connectionThatTheServerClosesIsNotUsedAgain() {
		assertThat(feed("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")).isTrue();
		assertThat(this.parser.isLastOfConnection()).isTrue();
	}

	@Test
	void connectionWithSurplusBytesIsNotUsedAgain() {
		assertThat(feed("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nsurplus")).isTrue();
		assertThat(this.parser.isLastOfConnection()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSH-2.0-OpenSSH\r\n", "HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" })
	void whatCannotBeReadHasNoStatus(String response) {
		assertThat(feed(response)).isTrue();
		assertThat(this.parser.status()).isZero();
		assertThat(this.parser.isLastOfConnection()).isTrue();
	}

	@Test
	void endBeforeTheWholeBodyDoesNotCompleteIt() {
		assertThat(feed("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na")).isFalse();
		assertThat(this.parser.end()).isFalse();
		assertThat(this.parser.isUntouched()).isFalse();
	}

	private boolean feed(String text) {
		ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
		return this.parser.feed(bytes);
	}

}
