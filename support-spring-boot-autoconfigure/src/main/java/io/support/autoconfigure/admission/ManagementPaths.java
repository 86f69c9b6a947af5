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

package io.support.autoconfigure.admission;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.support.admission.PathRule;

/**
 * Where the application's own port serves health and management, which are never refused:
 * whoever decides whether the process lives must get an answer from it.
 */
final class ManagementPaths {

	private ManagementPaths() {
	}

	/**
	 * Returns the paths of health, also those on the main port of a management server of
	 * its own, and of all of management where there is no such server.
	 * @param environment the application's properties
	 * @return the paths
	 */
	static List<PathRule> of(Environment environment) {
		String context = trimmed(environment.getProperty("spring.webflux.base-path", ""));
		String base = trimmed(environment.getProperty("management.endpoints.web.base-path", "/actuator"));
		String health = environment.getProperty("management.endpoints.web.path-mapping.health", "health");
		List<PathRule> paths = new ArrayList<>();
		paths.add(PathRule.of(context + base + "/" + health + "/**"));
		if (!base.isEmpty() && ManagementPortType.get(environment) == ManagementPortType.SAME) {
			paths.add(PathRule.of(context + base + "/**"));
		}
		if (environment.getProperty("management.endpoint.health.probes.add-additional-paths", Boolean.class, false)) {
			paths.add(PathRule.of(context + "/livez"));
			paths.add(PathRule.of(context + "/readyz"));
		}
		return paths;
	}

	private static String trimmed(String path) {
		return StringUtils.trimTrailingCharacter(path.trim(), '/');
	}

}
