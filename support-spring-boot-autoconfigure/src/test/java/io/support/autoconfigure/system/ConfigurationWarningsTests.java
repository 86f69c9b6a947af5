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

package io.support.autoconfigure.system;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.mock.env.MockEnvironment;

import io.support.context.WarningSource.Found;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConfigurationWarnings}.
 */
class ConfigurationWarningsTests {

	private static final long GIBIBYTE = 1L << 30;

	private static final Platform LARGE = new Platform(25, 4 * GIBIBYTE, 16 * GIBIBYTE, 65_536);

	private final MockEnvironment environment = new MockEnvironment();

	private boolean secured;

	@Test
	void defaultsAreNoTroubleOnALargeMachine() {
		assertThat(warnings(LARGE)).isEmpty();
	}

	@Test
	void wherePlatformIsNotKnownNothingIsSaid() {
		assertThat(warnings(new Platform(17, 4 * GIBIBYTE, 0, 0))).isEmpty();
	}

	@Test
	void heapThatDoesNotFitIntoTheMemoryIsTrouble() {
		assertThat(warnings(new Platform(25, 4 * GIBIBYTE, 4 * GIBIBYTE, 65_536))).singleElement()
			.satisfies((found) -> {
				assertThat(found.what()).contains("4096 MiB");
				assertThat(found.action()).contains("MaxRAMPercentage");
			});
	}

	@Test
	void moreConnectionsThanFilesAreTrouble() {
		Platform few = new Platform(25, 4 * GIBIBYTE, 16 * GIBIBYTE, 1500);
		assertThat(warnings(few)).isEmpty();
		this.environment.setProperty("support.connections.maxConnections", "500");
		assertThat(warnings(few)).singleElement().satisfies((found) -> {
			assertThat(found.what()).contains("1128", "500", "1500 files");
			assertThat(found.action()).contains("to 1828");
			assertThat(found.see()).isEqualTo("files");
		});
	}

	@Test
	void withoutAnAcceptorNothingIsSaidOfFiles() {
		List<Found> found = new ArrayList<>();
		Platform few = new Platform(25, 4 * GIBIBYTE, 16 * GIBIBYTE, 100);
		new ConfigurationWarnings(this.environment, few, 0, this.secured).forEachWarning(found::add);
		assertThat(found).isEmpty();
	}

	@Test
	void metersThatFillTheHeapAreTrouble() {
		assertThat(warnings(new Platform(25, GIBIBYTE / 16, 16 * GIBIBYTE, 65_536))).singleElement()
			.satisfies((found) -> assertThat(found.source()).isEqualTo("support.stats.max-meters"));
	}

	@ParameterizedTest
	@CsvSource({ "17, 0", "21, 1", "23, 1", "24, 0" })
	void virtualThreadsThatPinAreTrouble(int java, int expected) {
		this.environment.setProperty("spring.threads.virtual.enabled", "true");
		assertThat(warnings(new Platform(java, 4 * GIBIBYTE, 16 * GIBIBYTE, 65_536))).hasSize(expected);
	}

	@Test
	void drainThatIsLongerThanThePlatformWaitsIsTrouble() {
		this.environment.setProperty("support.worker.drain-timeout", "45s");
		assertThat(warnings(LARGE)).isEmpty();
		this.environment.setProperty("KUBERNETES_SERVICE_HOST", "10.0.0.1");
		assertThat(warnings(LARGE)).singleElement()
			.satisfies((found) -> assertThat(found.what()).contains("45 s", "30 s"));
		this.environment.setProperty("support.worker.drain-timeout", "30s");
		assertThat(warnings(LARGE)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "support, unrestricted, 1", "support, read-only, 0", "supporttraffic, read-only, 1",
			"supportheap, none, 0", "supportprofile, UNRESTRICTED, 1", "supportprofile, read-only, 0" })
	void accessForEverybodyIsTrouble(String endpoint, String access, int expected) {
		this.environment.setProperty("management.endpoints.web.exposure.include", "health," + endpoint);
		this.environment.setProperty("management.endpoint." + endpoint + ".access", access);
		assertThat(warnings(LARGE)).hasSize(expected)
			.allSatisfy((found) -> assertThat(found.where()).containsEntry("endpoint", endpoint));
		this.environment.setProperty("management.server.address", "127.0.0.1");
		assertThat(warnings(LARGE)).isEmpty();
	}

	@Test
	void accessThatASecurityChainGuardsIsNoTrouble() {
		this.environment.setProperty("management.endpoints.web.exposure.include", "supporttraffic");
		this.environment.setProperty("management.endpoint.supporttraffic.access", "read-only");
		this.secured = true;
		assertThat(warnings(LARGE)).isEmpty();
	}

	@Test
	void accessToWhatIsNotExposedIsNoTrouble() {
		this.environment.setProperty("management.endpoint.supporttraffic.access", "read-only");
		assertThat(warnings(LARGE)).isEmpty();
	}

	private List<Found> warnings(Platform platform) {
		ConfigurationPropertySources.attach(this.environment);
		List<Found> found = new ArrayList<>();
		new ConfigurationWarnings(this.environment, platform, 1128, this.secured).forEachWarning(found::add);
		return found;
	}

}
