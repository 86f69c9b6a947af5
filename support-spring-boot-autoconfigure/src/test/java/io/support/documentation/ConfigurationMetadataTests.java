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

import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

import io.support.documentation.ConfigurationMetadata.Property;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the configuration metadata is complete and true.
 */
class ConfigurationMetadataTests {

	private static final int CORES = Runtime.getRuntime().availableProcessors();

	/**
	 * Properties whose default depends on the machine; their description says how.
	 */
	private static final Map<String, Object> DERIVED = Map.of("support.dispatch.cpu.threads", CORES,
			"support.dispatch.io.threads", 10 * CORES, "support.dispatch.named.<name>.threads", 10 * CORES);

	static Stream<Property> properties() {
		return ConfigurationMetadata.properties().stream();
	}

	@ParameterizedTest
	@MethodSource("properties")
	void descriptionIsASentence(Property property) {
		assertThat(property.description()).matches("[A-Z].*\\.").doesNotMatch("(The|A|An) .*").doesNotContain(". ");
		assertThat(property.description().startsWith("Whether "))
			.isEqualTo(property.type().equals("java.lang.Boolean"));
	}

	@ParameterizedTest
	@MethodSource("properties")
	void defaultIsTrue(Property property) throws ClassNotFoundException {
		Object actual = actual(property);
		if (DERIVED.containsKey(property.name())) {
			assertThat(actual).isEqualTo(DERIVED.get(property.name()));
			assertThat(property.description()).endsWith("unless set.");
			assertThat(property.defaultValue()).isNull();
		}
		else if (property.defaultValue() == null) {
			assertThat(actual).isIn(null, Map.of(), List.of());
		}
		else {
			assertThat(actual).isNotNull();
			assertThat(ApplicationConversionService.getSharedInstance()
				.convert(property.defaultValue(), actual.getClass())).isEqualTo(actual);
		}
	}

	@Test
	void everythingThatCanBeSetIsDescribed() throws ClassNotFoundException {
		List<String> names = new ArrayList<>();
		for (Class<?> type : propertiesClasses()) {
			ConfigurationProperties annotation = AnnotationUtils.findAnnotation(type, ConfigurationProperties.class);
			collect(type, annotation.value(), names);
		}
		assertThat(names).isNotEmpty();
		assertThat(properties().map(Property::name)).containsExactlyInAnyOrderElementsOf(names);
	}

	/*
	 * Nobody reads "enabled" of the properties: the conditions do, by a name of their
	 * own.
	 */
	@Test
	void everySwitchIsAskedForAndHasTheDefaultOfItsCondition() throws ClassNotFoundException {
		Map<String, Boolean> asked = new TreeMap<>();
		for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
			if (name.startsWith("io.support.")) {
				MergedAnnotation<ConditionalOnBooleanProperty> condition = MergedAnnotations
					.from(ClassUtils.forName(name, null))
					.get(ConditionalOnBooleanProperty.class);
				for (String property : condition.getStringArray("name")) {
					asked.put(property, condition.getBoolean("matchIfMissing"));
				}
			}
		}
		Map<String, Boolean> described = properties()
			.filter((property) -> property.name().matches("support(\\.[a-z-]+)?\\.enabled"))
			.collect(Collectors.toMap(Property::name, (property) -> Boolean.valueOf(property.defaultValue())));
		assertThat(asked).isNotEmpty().isEqualTo(described);
	}

	private static Object actual(Property property) throws ClassNotFoundException {
		Class<?> type = ClassUtils.forName(property.sourceType(), null);
		return new BeanWrapperImpl(BeanUtils.instantiateClass(type)).getPropertyValue(property.field());
	}

	private static List<Class<?>> propertiesClasses() throws ClassNotFoundException {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		List<Class<?>> types = new ArrayList<>();
		for (var candidate : scanner.findCandidateComponents("io.support.autoconfigure")) {
			types.add(ClassUtils.forName(candidate.getBeanClassName(), null));
		}
		return types;
	}

	private static boolean isPartOfProperties(Class<?> type) {
		Class<?> enclosing = type.getEnclosingClass();
		if (enclosing == null) {
			return type.getName().matches("io\\.support\\.autoconfigure\\..*Properties");
		}
		return enclosing.isAnnotationPresent(ConfigurationProperties.class);
	}

	private static void collect(Class<?> type, String prefix, List<String> names) {
		for (PropertyDescriptor descriptor : BeanUtils.getPropertyDescriptors(type)) {
			String name = prefix + "."
					+ ConfigurationPropertyName.adapt(descriptor.getName().replaceAll("([A-Z])", "-$1"), '.');
			Method setter = descriptor.getWriteMethod();
			if (setter != null) {
				names.add(name);
				ResolvableType collection = ResolvableType.forMethodParameter(setter, 0);
				Class<?> value = collection.getGeneric(collection.getGenerics().length - 1).resolve(Object.class);
				if (isPartOfProperties(value)) {
					collect(value, name + (Map.class.equals(collection.resolve()) ? ".<name>" : "[]"), names);
				}
			}
			else if (isPartOfProperties(descriptor.getPropertyType())) {
				collect(descriptor.getPropertyType(), name, names);
			}
		}
	}

}
