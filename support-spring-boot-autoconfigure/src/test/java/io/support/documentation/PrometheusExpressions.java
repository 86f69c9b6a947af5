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

package io.support.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the alert rules and the dashboard ask Prometheus for.
 */
final class PrometheusExpressions {

	private static final Path DOCS = Path.of("..", "docs");

	/** A meter and its labels: {@code name{a="b"}}. */
	private static final Pattern SELECTOR = Pattern.compile("\\b((?:support|jvm)_[a-z_]+)(?:\\{([^}]*)})?");

	private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*[!=]=?~?\\s*\"");

	private static final Pattern GROUPED = Pattern.compile("\\bby \\(([^)]*)\\)");

	private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(?:\\{(.*)})? \\S+$");

	/** What Prometheus adds when it scrapes. */
	private static final Set<String> ADDED = Set.of("job", "instance");

	private PrometheusExpressions() {
	}

	static List<String> all() throws IOException {
		return Stream.concat(ofAlerts().stream(), ofDashboard().stream()).toList();
	}

	static List<String> ofAlerts() {
		YamlMapFactoryBean yaml = new YamlMapFactoryBean();
		yaml.setResources(new FileSystemResource(DOCS.resolve("prometheus/alerts.yaml")));
		List<String> expressions = new ArrayList<>();
		collect("expr", yaml.getObject(), expressions);
		return expressions;
	}

	static List<String> ofDashboard() throws IOException {
		List<String> expressions = new ArrayList<>();
		collect("expr",
				JsonMapper.shared().readValue(Files.readString(DOCS.resolve("grafana/support.json")), Map.class),
				expressions);
		return expressions;
	}

	private static void collect(String key, Object tree, List<String> found) {
		if (tree instanceof Map<?, ?> map) {
			map.forEach((name, value) -> {
				if (name.equals(key) && value instanceof String text) {
					found.add(text);
				}
				collect(key, value, found);
			});
		}
		if (tree instanceof List<?> list) {
			list.forEach((element) -> collect(key, element, found));
		}
	}

	/**
	 * Returns the labels of every meter of an expression. What is grouped by must be a
	 * label of all of them.
	 */
	static Map<String, Set<String>> asked(String expression) {
		Set<String> grouped = new HashSet<>();
		GROUPED.matcher(expression)
			.results()
			.forEach((result) -> grouped.addAll(List.of(result.group(1).split(",\\s*"))));
		grouped.removeAll(ADDED);
		Map<String, Set<String>> asked = new LinkedHashMap<>();
		Matcher selector = SELECTOR.matcher(expression);
		while (selector.find()) {
			Set<String> labels = asked.computeIfAbsent(selector.group(1), (name) -> new HashSet<>(grouped));
			if (selector.group(2) != null) {
				LABEL.matcher(selector.group(2)).results().forEach((result) -> labels.add(result.group(1)));
			}
			labels.removeAll(ADDED);
		}
		return asked;
	}

	/**
	 * Returns the labels of every meter in Prometheus's text format.
	 */
	static Map<String, Set<String>> scraped(String text) {
		Map<String, Set<String>> scraped = new HashMap<>();
		Matcher sample = SAMPLE.matcher(text);
		while (sample.find()) {
			Set<String> labels = scraped.computeIfAbsent(sample.group(1), (name) -> new HashSet<>());
			if (sample.group(2) != null) {
				LABEL.matcher(sample.group(2)).results().forEach((result) -> labels.add(result.group(1)));
			}
		}
		return scraped;
	}

}
