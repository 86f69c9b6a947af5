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

package io.support.architecture;

import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the code to the {@link HouseRules}, and the rules to their fixtures.
 */
class HouseRulesTests {

	private static final JavaClasses CODE = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.support");

	private static final JavaClasses FIXTURES = new ClassFileImporter()
		.importPackages("io.support.architecture.fixtures");

	private static final HouseRules FIXTURE_RULES = new HouseRules("io.support.architecture.fixtures");

	static Stream<ArchRule> rules() {
		return new HouseRules("io.support").all().stream();
	}

	@ParameterizedTest
	@MethodSource("rules")
	void codeKeepsTheRules(ArchRule rule) {
		rule.check(CODE);
	}

	static final List<Broken> BROKEN = List.of(new Broken(floorOf("stats"), "fixtures.stats.ReachesUp"),
			new Broken(FIXTURE_RULES.noCycles(), "fixtures.cycle.one.First"),
			new Broken(FIXTURE_RULES.onlyAutoconfigureSeesAutoConfiguration(), "fixtures.meta.Configured"),
			new Broken(FIXTURE_RULES.overloadIsPureJava(), "fixtures.overload.Counts"),
			new Broken(FIXTURE_RULES.namesSayWhatAClassIs(), "fixtures.meta.PageUtil"),
			new Broken(FIXTURE_RULES.queuesAreBounded(), "fixtures.context.Unbounded"),
			new Broken(FIXTURE_RULES.executorsAreBounded(), "fixtures.context.Unbounded"),
			new Broken(FIXTURE_RULES.noStaticState(), "fixtures.context.Stateful.count"),
			new Broken(FIXTURE_RULES.noStaticState(), "fixtures.context.Stateful.SEEN"),
			new Broken(FIXTURE_RULES.timeIsInjected(), "fixtures.context.Stateful"),
			new Broken(FIXTURE_RULES.metersAreDescribed(), "fixtures.context.Undescribed"),
			new Broken(FIXTURE_RULES.packagesAreNullMarked(), "fixtures.unmarked"));

	@ParameterizedTest
	@FieldSource("BROKEN")
	void fixtureBreaksTheRule(Broken broken) {
		assertThat(broken.rule.evaluate(FIXTURES).getFailureReport().getDetails())
			.anySatisfy((detail) -> assertThat(detail).contains(broken.culprit));
	}

	@Test
	void everyAutoConfigurationIsListed() {
		List<String> annotated = CODE.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map((type) -> type.getName())
			.toList();
		assertThat(annotated).isNotEmpty();
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates())
			.containsAll(annotated)
			.doesNotHaveDuplicates();
	}

	private static ArchRule floorOf(String name) {
		return FIXTURE_RULES.floorRules()
			.stream()
			.filter((rule) -> rule.getDescription()
				.contains("in a package 'io.support.architecture.fixtures." + name + "..'"))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * A rule, and a fixture that breaks it.
	 *
	 * @param rule the rule
	 * @param culprit what the failure has to name
	 */
	record Broken(ArchRule rule, String culprit) {

		@Override
		public String toString() {
			return this.culprit;
		}

	}

}
