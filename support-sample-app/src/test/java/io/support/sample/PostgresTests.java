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

package io.support.sample;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.support.sample.ReceiptsClient.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the sample application with the profile {@code postgres}.
 */
class PostgresTests {

	@RegisterExtension
	static final PostgresServer postgres = new PostgresServer();

	private static final int[] PORTS = FreePorts.two();

	@Test
	void receiptsOutliveTheApplication() {
		String location;
		try (ConfigurableApplicationContext application = start()) {
			ReceiptsClient client = new ReceiptsClient(application);
			location = client.issue(ReceiptsClient.BREAD);
			client.issue(ReceiptsClient.BREAD);
			client.issue(ReceiptsClient.BREAD);
		}
		try (ConfigurableApplicationContext application = start()) {
			ReceiptsClient client = new ReceiptsClient(application);
			Answer receipt = client.get(location);
			assertThat(receipt.status()).isEqualTo(200);
			assertThat(receipt.value("/lines/0/text")).isEqualTo("Rye bread");
			assertThat(receipt.value("/verified")).isEqualTo("true");
			Answer page = client.get("/receipts?merchant=baker-street&limit=2");
			assertThat(page.json().at("/receipts").size()).isEqualTo(2);
			assertThat(page.body()).contains("\"amount\":7.40,");
			assertThat(page.json().at("/next").isNumber()).isTrue();
		}
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(SampleApplication.class).profiles("postgres")
			.run("--server.port=0", "--management.server.port=0", "--sample.notary.ports.first=" + PORTS[0],
					"--sample.notary.ports.second=" + PORTS[1], "--sample.notary.cut-share=0",
					"--sample.signing.iterations=1000", "--SAMPLE_POSTGRES_URL=" + postgres.url(),
					"--SAMPLE_POSTGRES_USER=" + postgres.user());
	}

}
