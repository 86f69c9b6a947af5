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

package io.support.eventloop;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServedRequest}.
 */
class ServedRequestTests {

	private final ServedRequest served = new ServedRequest();

	@Test
	void nothingIsServedAtFirstAndAtTheEnd() {
		assertThat(this.served.describe()).isNull();
		begin("/");
		this.served.end();
		assertThat(this.served.describe()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "/orders/17, GET /orders/17", "/orders?card=4711, GET /orders", "/orders;session=1, GET /orders",
			"/orders#top, GET /orders", "/a\u001b[31m\u00e9, GET /a_[31m_" })
	void methodAndPathAreToldAndNothingElse(String target, String expected) {
		begin(target);
		assertThat(this.served.describe()).isEqualTo(expected);
	}

	@Test
	void longPathIsCut() {
		begin("/" + "x".repeat(10_000));
		assertThat(this.served.describe()).hasSizeLessThan(220);
	}

	private void begin(String target) {
		this.served.begin(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target));
	}

}
