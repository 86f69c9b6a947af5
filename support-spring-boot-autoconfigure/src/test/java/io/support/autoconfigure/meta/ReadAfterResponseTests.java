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

package io.support.autoconfigure.meta;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReadAfterResponse}. When it passes without the class, the class can
 * go.
 */
class ReadAfterResponseTests {

	@Test
	void connectionThatIsKeptAliveAnswersOnAndOn() throws IOException {
		try (MetaServer server = MetaServer.start(WebApplicationType.REACTIVE);
				HttpConnection connection = HttpConnection.to(server.uri("/").getPort())) {
			for (int i = 0; i < 300; i++) {
				assertThat(connection.get("/actuator/support/assets/support.svg")).startsWith("HTTP/1.1 200");
				assertThat(connection.get("/actuator/support/orders")).startsWith("HTTP/1.1 200");
			}
		}
	}

}
