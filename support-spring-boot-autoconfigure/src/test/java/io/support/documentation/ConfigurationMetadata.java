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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The configuration metadata that was generated for the properties {@code support.*}.
 * That of the values of a map or a list, which Spring Boot writes into files of their
 * own, is put where it belongs, with {@code <name>} for the key and {@code []} for the
 * index.
 */
final class ConfigurationMetadata {

	private static final String LOCATION = "META-INF/spring-configuration-metadata.json";

	private static final String VALUE_LOCATION = "META-INF/spring/configuration-metadata/%s.json";

	private static final Pattern VALUE_TYPE = Pattern
		.compile("java\\.util\\.(?<collection>Map|List)<(?:.*,)?(?<type>io\\.support\\..*)>");

	private ConfigurationMetadata() {
	}

	static List<Property> properties() {
		List<Property> properties = new ArrayList<>();
		read(LOCATION, "").forEach((property) -> add(property, properties));
		properties.sort(Comparator.comparing(Property::name));
		return properties;
	}

	private static void add(Property property, List<Property> properties) {
		properties.add(property);
		Matcher matcher = VALUE_TYPE.matcher(property.type());
		if (matcher.matches()) {
			String prefix = property.name() + (matcher.group("collection").equals("Map") ? ".<name>." : "[].");
			read(VALUE_LOCATION.formatted(matcher.group("type")), prefix).forEach((value) -> add(value, properties));
		}
	}

	private static Stream<Property> read(String location, String prefix) {
		List<Property> properties = new ArrayList<>();
		try {
			for (URL url : Collections.list(ConfigurationMetadata.class.getClassLoader().getResources(location))) {
				try (InputStream stream = url.openStream()) {
					JsonMapper.shared().readTree(stream).at("/properties").forEach((node) -> {
						String name = prefix + node.at("/name").asString();
						if (name.startsWith("support.")) {
							properties.add(Property.of(name, node));
						}
					});
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties.stream();
	}

	/**
	 * One property.
	 *
	 * @param name its name
	 * @param type the name of its Java type
	 * @param defaultValue its default as text
	 * @param description what it means
	 * @param sourceType the name of the class that has it
	 */
	record Property(String name, String type, @Nullable String defaultValue, String description, String sourceType) {

		private static Property of(String name, JsonNode node) {
			return new Property(name, node.at("/type").asString(), text(node.at("/defaultValue")),
					node.at("/description").asString(""), node.at("/sourceType").asString());
		}

		private static @Nullable String text(JsonNode value) {
			if (value.isArray()) {
				return value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","));
			}
			return value.isMissingNode() ? null : value.asString();
		}

		/**
		 * Returns everything up to the last dot.
		 */
		String group() {
			return this.name.substring(0, this.name.lastIndexOf('.'));
		}

		/**
		 * Returns the last part as it is called in Java.
		 */
		String field() {
			StringBuilder field = new StringBuilder();
			for (String word : StringUtils
				.delimitedListToStringArray(this.name.substring(this.name.lastIndexOf('.') + 1), "-")) {
				field.append(field.isEmpty() ? word : StringUtils.capitalize(word));
			}
			return field.toString();
		}

	}

}
