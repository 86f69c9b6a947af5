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

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.function.SingletonSupplier;

import io.support.autoconfigure.context.ConfigurationSnapshot.Property;

/**
 * Reads the properties below {@code support.}, each from the first source that has it, as
 * the binder does. The metadata are read once, when somebody looks: files are read then,
 * which is not for event loops. Thread-safe.
 */
final class ConfigurationReader {

	static final int MAX_PROPERTIES = 2000;

	private static final Comparator<Property> UNKNOWN_SET_DEFAULT = Comparator
		.<Property, Boolean>comparing((property) -> !property.unknown())
		.thenComparing((property) -> property.source().equals("default"));

	private final Environment environment;

	private final PropertyMask mask;

	private final SingletonSupplier<KnownProperties> known = SingletonSupplier
		.of(() -> KnownProperties.read(ConfigurationReader.class.getClassLoader()));

	ConfigurationReader(Environment environment, PropertyMask mask) {
		this.environment = environment;
		this.mask = mask;
	}

	ConfigurationSnapshot read() {
		KnownProperties described = this.known.obtain();
		Map<ConfigurationPropertyName, ConfigurationProperty> set = set(described);
		List<Property> all = Stream
			.concat(set.values().stream().map((property) -> shown(property, described)),
					described.names()
						.stream()
						.filter((name) -> !set.containsKey(name))
						.filter((name) -> set.keySet().stream().noneMatch(name::isAncestorOf))
						.map((name) -> new Property(name.toString(), described.defaultOf(name), "default", false)))
			.sorted(UNKNOWN_SET_DEFAULT.thenComparing(Property::name))
			.toList();
		List<Property> listed = all.subList(0, Math.min(all.size(), MAX_PROPERTIES));
		String[] active = this.environment.getActiveProfiles();
		return new ConfigurationSnapshot(List.of((active.length > 0) ? active : this.environment.getDefaultProfiles()),
				set.size(), (int) all.stream().filter(Property::unknown).count(), all.size() - listed.size(),
				List.copyOf(listed));
	}

	private Map<ConfigurationPropertyName, ConfigurationProperty> set(KnownProperties described) {
		Map<ConfigurationPropertyName, ConfigurationProperty> set = new LinkedHashMap<>();
		Set<Place> places = new HashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			// Asked by name first: a variable of the environment may stand for several.
			for (ConfigurationPropertyName name : described.names()) {
				add(source.getConfigurationProperty(name), name, set, places);
			}
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter(KnownProperties.PREFIX::isAncestorOf).forEach((name) -> {
					ConfigurationProperty property = source.getConfigurationProperty(name);
					if (property != null && !places.contains(Place.of(property))) {
						add(property, name, set, places);
					}
				});
			}
		}
		return set;
	}

	private static void add(@Nullable ConfigurationProperty property, ConfigurationPropertyName name,
			Map<ConfigurationPropertyName, ConfigurationProperty> set, Set<Place> places) {
		if (property != null) {
			places.add(Place.of(property));
			set.putIfAbsent(name, property);
		}
	}

	private Property shown(ConfigurationProperty property, KnownProperties described) {
		String name = described.names()
			.stream()
			.filter(property.getName()::equals)
			.findFirst()
			.orElse(property.getName())
			.toString();
		PropertySource<?> source = (property.getOrigin() instanceof PropertySourceOrigin origin)
				? origin.getPropertySource() : null;
		return new Property(name, this.mask.apply(source, name, property.getValue()),
				this.mask.text(sourceOf(property.getOrigin())), !described.contains(property.getName()));
	}

	private static String sourceOf(@Nullable Origin origin) {
		if (!(origin instanceof PropertySourceOrigin place)) {
			return (origin != null) ? origin.toString() : "unknown";
		}
		PropertySource<?> source = place.getPropertySource();
		if (place.getOrigin() instanceof TextResourceOrigin text) {
			return text.toString();
		}
		if (source instanceof CommandLinePropertySource) {
			return "command line --" + place.getPropertyName();
		}
		if (source instanceof SystemEnvironmentPropertySource) {
			return "environment variable " + place.getPropertyName();
		}
		if (source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
			return "system property " + place.getPropertyName();
		}
		return source.getName();
	}

	/**
	 * Where a property is written.
	 *
	 * @param source the name of the source
	 * @param property its name there
	 */
	private record Place(String source, String property) {

		static Place of(ConfigurationProperty property) {
			return (property.getOrigin() instanceof PropertySourceOrigin origin)
					? new Place(origin.getPropertySource().getName(), origin.getPropertyName())
					: new Place(String.valueOf(property.getOrigin()), property.getName().toString());
		}

	}

}
