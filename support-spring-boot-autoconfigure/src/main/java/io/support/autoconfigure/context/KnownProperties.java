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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.json.JsonParserFactory;

/**
 * The properties below {@code support.} that are described in the metadata on the class
 * path, those of the application's own included, with their defaults.
 */
final class KnownProperties {

	static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("support");

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final List<String> OPEN_TYPES = List.of("java.util.Map", "java.util.List", "java.util.Set",
			"java.util.Collection");

	private final Map<ConfigurationPropertyName, Described> described = new TreeMap<>();

	static KnownProperties read(ClassLoader loader) {
		KnownProperties known = new KnownProperties();
		try {
			Enumeration<URL> files = loader.getResources(METADATA);
			for (URL file : Collections.list(files)) {
				try (InputStream in = file.openStream()) {
					known.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return known;
	}

	private void add(String json) {
		// Most files are others', and need not be parsed.
		if (json.contains("\"support.")
				&& JsonParserFactory.getJsonParser().parseMap(json).get("properties") instanceof List<?> properties) {
			for (Object property : properties) {
				if (property instanceof Map<?, ?> map) {
					add(map);
				}
			}
		}
	}

	private void add(Map<?, ?> property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.ofIfValid(String.valueOf(property.get("name")));
		if (name != null && PREFIX.isAncestorOf(name)) {
			String type = String.valueOf(property.get("type"));
			boolean open = type.endsWith("[]") || OPEN_TYPES.stream().anyMatch(type::startsWith);
			this.described.put(name, new Described(text(property.get("defaultValue")), open));
		}
	}

	Collection<ConfigurationPropertyName> names() {
		return this.described.keySet();
	}

	@Nullable String defaultOf(ConfigurationPropertyName name) {
		Described property = this.described.get(name);
		return (property != null) ? property.defaultValue() : null;
	}

	/**
	 * Whether a property is described, or is an element of one that is.
	 * @param name its name
	 * @return {@code false} for what nobody reads
	 */
	boolean contains(ConfigurationPropertyName name) {
		return this.described.entrySet()
			.stream()
			.anyMatch((entry) -> entry.getKey().equals(name)
					|| (entry.getValue().open() && entry.getKey().isAncestorOf(name)));
	}

	private static @Nullable String text(@Nullable Object value) {
		if (value instanceof List<?> list) {
			return list.stream().map(String::valueOf).collect(Collectors.joining(", "));
		}
		return (value != null) ? value.toString() : null;
	}

	/**
	 * What the metadata say of a property.
	 *
	 * @param defaultValue its value where it is not set
	 * @param open whether there may be properties below it
	 */
	private record Described(@Nullable String defaultValue, boolean open) {

	}

}
