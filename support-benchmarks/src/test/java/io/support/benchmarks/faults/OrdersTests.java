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

package io.support.benchmarks.faults;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Orders}.
 */
class OrdersTests {

	@Test
	void everyOrderHasItsAnswer() throws IOException {
		Orders orders = new Orders(Map.of("since",
				(json, text) -> json.readValue(text, PeerCounts.class).since(PeerCounts.NONE), "fail", (json, text) -> {
					throw new IOException("with\nreason");
				}));
		ByteArrayOutputStream answers = new ByteArrayOutputStream();
		orders.serve(new BufferedReader(new StringReader("""
				since {"connects":1,"requests":2,"twice":3,"queries":4}
				fail ""
				dance ""
				""")), new PrintStream(answers, false, StandardCharsets.UTF_8));
		assertThat(answers.toString(StandardCharsets.UTF_8).lines()).containsExactly(
				"ok {\"connects\":1,\"requests\":2,\"twice\":3,\"queries\":4}",
				"failed java.io.IOException: with reason",
				"failed java.lang.IllegalArgumentException: Not an order: dance \"\"");
	}

}
