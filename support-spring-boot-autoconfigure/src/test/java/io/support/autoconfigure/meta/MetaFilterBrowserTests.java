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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.support.context.ContextContributor;
import io.support.testing.Browser;
import io.support.testing.BrowserTab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests, in a real browser, that what a page has no room for is found by its filter, and
 * that what needs a script works.
 */
@Timeout(120)
class MetaFilterBrowserTests {

	private static final String ROWS = "document.querySelectorAll('#content tbody tr:not([hidden])').length";

	@TempDir
	private Path profile;

	@Test
	void filterAsksTheServerWhereNotAllIsOnThePage() throws Exception {
		try (MetaServer server = MetaServer.start(WebApplicationType.REACTIVE, List.of(Rows.class),
				"management.endpoints.web.exposure.include=support"); Browser browser = Browser.start(this.profile)) {
			BrowserTab tab = browser.open();
			tab.visit(server.uri("/actuator/support/many"));
			assertThat(tab.evaluate(ROWS).intValue()).isEqualTo(200);
			type(tab, "row-39", "");
			assertThat(tab.evaluate(ROWS).intValue()).isOne();
			type(tab, "row-39", "Enter");
			await().atMost(Duration.ofSeconds(20))
				.ignoreExceptions()
				.until(() -> tab.evaluate("location.search").stringValue().equals("?filter=row-39")
						&& tab.evaluate(ROWS).intValue() == 11);
			assertThat(tab.evaluate("document.querySelector('#content').textContent").stringValue()).contains("row-399",
					"Show all");
			assertThat(tab.complaints()).isEmpty();
		}
	}

	@Test
	void classesAreSearchedAndGarbageIsCollectedFromTheirPages() throws Exception {
		try (MetaServer server = MetaServer.start(WebApplicationType.REACTIVE,
				"management.endpoints.web.exposure.include=supportsource,supportheap",
				"management.endpoint.supportsource.access=read-only",
				"management.endpoint.supportheap.access=unrestricted"); Browser browser = Browser.start(this.profile)) {
			BrowserTab tab = browser.open();
			tab.visit(server.uri("/actuator/supportsource"));
			type(tab, "FilterBrowserTests", "Enter");
			await().atMost(Duration.ofSeconds(20))
				.ignoreExceptions()
				.until(() -> tab.evaluate("document.querySelector('#content tbody th a').textContent")
					.stringValue()
					.startsWith(MetaFilterBrowserTests.class.getName()));
			assertThat(tab.complaints()).isEmpty();
			tab.visit(server.uri("/actuator/supportheap"));
			// Its script shows the button when it is there to listen.
			await().atMost(Duration.ofSeconds(20))
				.ignoreExceptions()
				.until(() -> tab.evaluate("document.querySelector('[data-action=collect]:not([hidden])') !== null")
					.booleanValue());
			tab.evaluate("document.querySelector('[data-action=collect]').click()");
			await().atMost(Duration.ofSeconds(20))
				.until(() -> tab
					.evaluate("document.querySelector('[data-action=collect]').nextElementSibling.textContent")
					.stringValue()
					.startsWith("Done at "));
			assertThat(tab.complaints()).isEmpty();
		}
	}

	/* Into the first field of the page, as a person would: it has to be shown. */
	private static void type(BrowserTab tab, String text, String key) {
		tab.evaluate("(() => { const field = document.querySelector('#content input[type=search]:not([hidden])');"
				+ " field.value = '" + text + "'; field.dispatchEvent(new InputEvent('input', { bubbles: true }));"
				+ " field.dispatchEvent(new KeyboardEvent('keydown', { key: '" + key + "', bubbles: true })); })()");
	}

	@Configuration(proxyBeanMethods = false)
	static class Rows {

		@Bean
		ContextContributor many() {
			return new ContextContributor() {

				@Override
				public String name() {
					return "many";
				}

				@Override
				public Object snapshot() {
					return Map.of("rows",
							IntStream.range(0, 400).mapToObj((i) -> Map.of("name", "row-" + i, "count", i)).toList());
				}

			};
		}

	}

}
