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

package io.support.autoconfigure.context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.support.autoconfigure.context.ConfigurationSnapshot.Property;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConfigurationReader}.
 */
class ConfigurationReaderTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	private PropertyMask mask = new PropertyMask((source, name, value) -> value);

	@Test
	void variableOfTheEnvironmentIsThePropertyThatTheBinderTakesItFor() {
		add(new SystemEnvironmentPropertySource("test-systemEnvironment",
				Map.of("SUPPORT_STATS_MAX_METERS", "7", "SUPPORT_META_PAGETIMEOUT", "3s", "SUPPORT_NOPE", "x")));
		assertThat(set()).containsExactly(new Property("support.nope", "x", "environment variable SUPPORT_NOPE", true),
				new Property("support.meta.page-timeout", "3s", "environment variable SUPPORT_META_PAGETIMEOUT", false),
				new Property("support.stats.max-meters", "7", "environment variable SUPPORT_STATS_MAX_METERS", false));
	}

	@Test
	void fileIsNamedWithLineAndColumnAndTheFirstSourceWins() throws IOException {
		String yaml = "support:\n  stats:\n    maxMeters: 5\n  meta:\n    page-timeout: 2s\n";
		new YamlPropertySourceLoader()
			.load("file", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yaml"))
			.forEach(this::add);
		add(new MapPropertySource("test", Map.of("support.stats.max-meters", 6)));
		assertThat(set()).extracting(Property::name, Property::value)
			.containsExactly(Assertions.tuple("support.meta.page-timeout", "2s"),
					Assertions.tuple("support.stats.max-meters", "6"));
		assertThat(set()).extracting(Property::source)
			.satisfiesExactly((source) -> assertThat(source).contains("application.yaml", "5:19"),
					(source) -> assertThat(source).isEqualTo("test"));
	}

	@Test
	void listIsBoundedAndSaysHowManyAreOmitted() {
		Map<String, Object> many = new LinkedHashMap<>();
		for (int i = 0; i < ConfigurationReader.MAX_PROPERTIES + 10; i++) {
			many.put("support.nope.n" + i, i);
		}
		add(new MapPropertySource("test", many));
		ConfigurationSnapshot snapshot = read();
		assertThat(snapshot.properties()).hasSize(ConfigurationReader.MAX_PROPERTIES);
		assertThat(snapshot.unknown()).isEqualTo(many.size());
		assertThat(snapshot.omitted()).isGreaterThanOrEqualTo(10);
	}

	@Test
	void whatARuleCannotJudgeAndWhatIsNoTextIsHidden() {
		add(new MapPropertySource("test",
				Map.of("support.desk.map", Map.of("a", "planted"), "support.desk.text", "b")));
		assertThat(set()).extracting(Property::value).noneMatch((value) -> value.contains("planted"));
		this.mask = new PropertyMask((source, name, value) -> {
			throw new IllegalStateException("no");
		});
		assertThat(set()).extracting(Property::value).containsOnly("******");
	}

	private void add(PropertySource<?> source) {
		this.environment.getPropertySources().addFirst(source);
	}

	private ConfigurationSnapshot read() {
		return new ConfigurationReader(this.environment, this.mask).read();
	}

	private List<Property> set() {
		return read().properties().stream().filter((property) -> !property.source().equals("default")).toList();
	}

}
