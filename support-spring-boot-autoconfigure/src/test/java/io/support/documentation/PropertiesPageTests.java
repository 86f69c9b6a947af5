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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.util.ClassUtils;

import io.support.documentation.ConfigurationMetadata.Property;

/**
 * Tests that {@code docs/properties.md} lists every property.
 */
class PropertiesPageTests {

	private static final String INTRODUCTION = """
			# Properties

			Made from the code. Durations are written as `100ms`, `5s` or `2m`, sizes as `512MB` or `1GB`. A value that cannot be
			right ends the start with a message that names the property and says what to do.

			`<name>` is a name of your own, `[]` an index that begins with `[0]`.
			""";

	private static final Map<String, String> TYPES = Map.of("java.lang.Boolean", "true or false", "java.lang.Integer",
			"whole number", "java.lang.Double", "number", "java.lang.String", "text", "java.time.Duration", "duration",
			"org.springframework.util.unit.DataSize", "size");

	@Test
	void everyPropertyIsListed() throws IOException {
		ReferencePage page = new ReferencePage("properties.md", INTRODUCTION);
		Map<String, List<Property>> groups = ConfigurationMetadata.properties()
			.stream()
			.collect(Collectors.groupingBy(Property::group, TreeMap::new, Collectors.toList()));
		groups.forEach((group, properties) -> {
			page.section(ReferencePage.code(group));
			page.header("property", "type", "default", "");
			for (Property property : properties) {
				page.row(ReferencePage.code(property.name()), type(property.type()),
						(property.defaultValue() != null) ? ReferencePage.code(property.defaultValue()) : "",
						property.description());
			}
		});
		page.check();
	}

	private static String type(String name) {
		if (name.startsWith("java.util.Map")) {
			return "map";
		}
		if (name.startsWith("java.util.List") || name.endsWith("[]")) {
			return "list";
		}
		String type = TYPES.get(name);
		return (type != null) ? type : constants(name);
	}

	private static String constants(String name) {
		Object[] constants = ClassUtils.resolveClassName(name, null).getEnumConstants();
		return List.of(constants)
			.stream()
			.map((constant) -> constant.toString().toLowerCase(java.util.Locale.ROOT))
			.collect(Collectors.joining(" or "));
	}

}
