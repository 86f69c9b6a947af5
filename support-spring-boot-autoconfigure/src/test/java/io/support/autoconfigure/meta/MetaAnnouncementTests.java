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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.support.meta.MetaApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the log says about the MetaApplication, and when it is not there.
 */
@ExtendWith(OutputCaptureExtension.class)
class MetaAnnouncementTests {

	@Test
	void addressIsTold(CapturedOutput output) {
		try (MetaTestApplication application = MetaTestApplication.start(WebApplicationType.REACTIVE)) {
			assertThat(output)
				.contains("MetaApplication at " + application.origin("local.management.port") + "/actuator/support");
		}
	}

	@Test
	void pathsAreThoseOfActuator(CapturedOutput output) throws Exception {
		try (MetaTestApplication application = MetaTestApplication.start(WebApplicationType.REACTIVE,
				"management.server.base-path=/behind", "management.endpoints.web.base-path=/manage",
				"management.endpoints.web.path-mapping.support=inside")) {
			assertThat(output).contains("/behind/manage/inside");
			assertThat(application.get("/behind/manage/inside/stats").statusCode()).isEqualTo(200);
			String page = application.get("/behind/manage/inside/stats", "Accept", "text/html").body();
			assertThat(page).contains("href=\"../inside/dispatch\"").contains("href=\"../inside/assets/support.css");
			assertThat(application.get("/behind/manage/inside/assets/support.css").headers().map())
				.containsKey("Content-Security-Policy");
		}
	}

	@Test
	void missingPortIsNamed(CapturedOutput output) {
		try (MetaTestApplication application = MetaTestApplication.start(WebApplicationType.REACTIVE,
				"management.server.port=", "management.server.address=")) {
			assertThat(application.context().getBeanProvider(MetaApplication.class).getIfAvailable()).isNull();
			assertThat(output).contains("management.server.port must be a port other than server.port");
		}
	}

	@Test
	void missingExposureIsNamed(CapturedOutput output) {
		try (MetaTestApplication application = MetaTestApplication.start(WebApplicationType.SERVLET,
				"management.endpoints.web.exposure.include=health")) {
			assertThat(application.context().getBeanProvider(MetaApplication.class).getIfAvailable()).isNull();
			assertThat(output).contains("management.endpoints.web.exposure.include must contain 'support'");
		}
	}

	@Test
	void nothingIsSaidWhereItIsSwitchedOff(CapturedOutput output) {
		for (String property : new String[] { "support.enabled", "support.meta.enabled" }) {
			try (MetaTestApplication application = MetaTestApplication.start(WebApplicationType.REACTIVE,
					property + "=false")) {
				assertThat(application.context().getBeanProvider(MetaApplication.class).getIfAvailable()).isNull();
			}
		}
		assertThat(output).doesNotContain("MetaApplication");
	}

}
