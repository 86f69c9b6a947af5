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

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.support.testing.JavaProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that secrets are on no page and in no endpoint of ours, wherever they come from.
 * They are planted in a process of its own, because nobody can change his environment.
 */
@Timeout(120)
class MetaSecretsTests {

	private static final Map<String, String> ENVIRONMENT = Map.of("DB_PASSWORD",
			SecretiveApplication.secret("environment-password"), "AWS_SECRET_ACCESS_KEY",
			SecretiveApplication.secret("environment-key"), "GITHUB_TOKEN",
			SecretiveApplication.secret("environment-token"), "DATABASE_URL",
			"postgres://shop:" + SecretiveApplication.secret("environment-url") + "@database/shop",
			"SUPPORT_DESK_API_KEY", SecretiveApplication.secret("environment-property"));

	private static final List<String> OPTIONS = List.of("-Xmx512m", "-Dfile.encoding=UTF-8",
			"-Djavax.net.ssl.keyStorePassword=" + SecretiveApplication.secret("system-password"),
			"-Dshop.url=https://shop:" + SecretiveApplication.secret("system-url") + "@peer/",
			"-Dsupport.desk.token=" + SecretiveApplication.secret("system-token"));

	private static final String[] PROPERTIES = { "management.endpoints.web.exposure.include=*",
			"management.endpoints.access.default=unrestricted", "support.recent.capture-payload=true",
			"support.desk.password=" + SecretiveApplication.secret("property-password"),
			"support.desk.url=http://desk:" + SecretiveApplication.secret("property-url") + "@desk:1",
			"support.desk.tokens[0]=" + SecretiveApplication.secret("property-list"),
			"shop.client-secret=" + SecretiveApplication.secret("property-other") };

	@Test
	void secretsAreFoundNowhere() throws Exception {
		List<String> said = JavaProcess.run(SecretiveApplication.class, OPTIONS, ENVIRONMENT, PROPERTIES);
		assertThat(said).filteredOn((line) -> line.startsWith(SecretiveApplication.PAGES))
			.singleElement()
			.satisfies((line) -> assertThat(Integer.parseInt(line.substring(SecretiveApplication.PAGES.length())))
				.isGreaterThan(60));
		assertThat(said).filteredOn((line) -> line.startsWith(SecretiveApplication.FOUND)).isEmpty();
	}

}
