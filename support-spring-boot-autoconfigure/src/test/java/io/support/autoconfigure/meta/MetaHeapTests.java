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

import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import tools.jackson.databind.JsonNode;

import io.support.concurrent.OneAtATime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the class histogram is there for those only who were allowed to have it.
 */
@Timeout(120)
class MetaHeapTests {

	private static final String PATH = "/actuator/supportheap";

	private static final String EVERYTHING = "management.endpoints.web.exposure.include=*";

	private static final String READ = "management.endpoint.supportheap.access=read-only";

	private static final String CHANGE = "management.endpoint.supportheap.access=unrestricted";

	private static final String COLLECT = "{\"action\":\"collect\"}";

	private MetaServer server;

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void nobodyHasItByDefault(WebApplicationType type) {
		this.server = MetaServer.start(type, EVERYTHING);
		assertThat(this.server.get(PATH, "*/*").statusCode()).isEqualTo(404);
		assertThat(this.server.post(PATH, "application/json", COLLECT).statusCode()).isEqualTo(404);
		assertThat(this.server.get("/actuator/support/heap", "*/*").statusCode()).isEqualTo(404);
		assertThat(this.server.get("/actuator/support", "*/*").body()).doesNotContain("supportheap");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void whoMayReadCountsAndCollectsNothing(WebApplicationType type) {
		this.server = MetaServer.start(type, EVERYTHING, READ);
		JsonNode data = data(this.server.get(PATH, "*/*"));
		assertThat(data.get("live").booleanValue()).isFalse();
		assertThat(data.get("largest").size()).isPositive();
		assertThat(data.get("largest").get(0).get("usedBytes").longValue()).isPositive();
		HttpResponse<String> page = this.server.get(PATH, MetaServer.BROWSER);
		assertThat(page.body()).contains("byte[]").doesNotContain("data-action");
		assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
		assertThat(this.server.post(PATH, "application/json", COLLECT).statusCode()).isIn(404, 405);
		assertThat(this.server.get("/actuator/support", MetaServer.BROWSER).body()).contains("href=\"supportheap\"");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void whoMayDoAnythingCollects(WebApplicationType type) {
		this.server = MetaServer.start(type, "management.endpoints.web.exposure.include=supportheap", CHANGE);
		assertThat(data(this.server.post(PATH, "application/json", COLLECT)).get("live").booleanValue()).isTrue();
		assertThat(this.server.bean(MetaServer.Audits.class).events()).singleElement().satisfies((event) -> {
			assertThat(event.getType()).isEqualTo("SUPPORT_COLLECT");
			assertThat(event.getData()).containsEntry("page", "heap");
		});
		assertThat(this.server.post(PATH, "application/json", "{\"action\":\"reset\"}").statusCode()).isEqualTo(400);
		assertThat(this.server.post(PATH, "application/json", "{}").statusCode()).isEqualTo(400);
		assertThat(this.server.post(PATH, "text/plain", COLLECT).statusCode()).isEqualTo(415);
		assertThat(this.server.bean(MetaServer.Audits.class).events()).hasSize(1);
		assertThat(this.server.get(PATH, MetaServer.BROWSER).body()).contains("data-action=\"collect\"",
				"href=\"supportheap/assets/support.css");
		assertThat(this.server.get(PATH + "/assets/support.css", "*/*").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void whileSomethingHeavyIsDoneItIsRefused(WebApplicationType type) throws Exception {
		this.server = MetaServer.start(type, EVERYTHING, CHANGE);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		OneAtATime heavy = this.server.bean(OneAtATime.class);
		Thread other = new Thread(() -> {
			try {
				heavy.run("something else", () -> {
					begun.countDown();
					over.await();
					return "";
				});
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		other.start();
		begun.await();
		HttpResponse<String> refused = this.server.get(PATH, "*/*");
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(data(refused).get("error").get("message").stringValue()).contains("something else");
		assertThat(this.server.get(PATH, MetaServer.BROWSER).statusCode()).isEqualTo(429);
		assertThat(this.server.post(PATH, "application/json", COLLECT).statusCode()).isEqualTo(429);
		over.countDown();
		other.join();
		assertThat(this.server.get(PATH, "*/*").statusCode()).isEqualTo(200);
	}

	private static JsonNode data(HttpResponse<String> response) {
		return MetaServer.json(response).get("data");
	}

}
