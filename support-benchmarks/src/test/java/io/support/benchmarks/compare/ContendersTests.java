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

package io.support.benchmarks.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.support.benchmarks.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Contenders}.
 */
class ContendersTests {

	@Test
	void areFoundByName() {
		assertThat(named("support, stock")).extracting(Contender::name).containsExactly("support", "stock");
	}

	@Test
	void unknownNameIsRefusedWithTheKnownOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> named("stock,other"))
			.withMessage("A contender is one of [stock, support, max-connections, concurrency-limits, tomcat-virtual,"
					+ " support-virtual], if need be with :property=value, was: other");
	}

	@Test
	void takePropertiesAfterTheirNames() {
		Contender contender = named("support:support.stats.enabled=false:a=b").get(0);
		assertThat(contender.name()).isEqualTo("support:support.stats.enabled=false:a=b");
		assertThat(contender.arguments()).containsExactly("--support.enabled=true", "--support.stats.enabled=false",
				"--a=b");
	}

	@Test
	void referenceIsTheFirstUnlessAnotherIsNamed() {
		List<Contender> contenders = named("support,stock");
		CommandLine options = CommandLine.of(Set.of("reference"), "--reference", "max-connections");
		assertThat(Contenders.reference(CommandLine.of(Set.of()), contenders).name()).isEqualTo("support");
		assertThat(Contenders.reference(options, contenders).name()).isEqualTo("max-connections");
	}

	@Test
	void onlyTwoHaveSupport() {
		assertThat(named("stock,support,max-connections,concurrency-limits,tomcat-virtual,support-virtual"))
			.filteredOn((contender) -> contender.arguments().contains("--support.enabled=true"))
			.extracting(Contender::name)
			.containsExactly("support", "support-virtual");
	}

	@Test
	void takeTheirLimitsFromTheOptions() {
		CommandLine options = CommandLine.of(Set.of("max-connections", "limit"), "--max-connections", "50", "--limit",
				"gradient2");
		assertThat(Contenders.of(options, "max-connections,concurrency-limits")).flatExtracting(Contender::arguments)
			.contains("--benchmark.max-connections=50", "--benchmark.limit=gradient2");
	}

	@Test
	void virtualThreadsNeedANewerJdkThanTheBaseline() {
		Jdk old = new Jdk(Path.of("jdk"), 17);
		Contender stock = named("stock").get(0);
		Contender tomcat = named("tomcat-virtual").get(0);
		assertThat(stock.runsOn(old, Scenario.LOOP)).isTrue();
		assertThat(stock.runsOn(old, Scenario.VIRTUAL)).isFalse();
		assertThat(tomcat.runsOn(old, Scenario.LOOP)).isFalse();
		assertThat(tomcat.runsOn(new Jdk(Path.of("jdk"), 25), Scenario.LOOP)).isTrue();
	}

	@Test
	void everySecondRepeatIsTheOtherWayRound() {
		List<Contender> contenders = named("stock,support");
		assertThat(Contenders.inTurn(contenders, 1)).isEqualTo(contenders);
		assertThat(Contenders.inTurn(contenders, 2)).extracting(Contender::name).containsExactly("support", "stock");
	}

	private static List<Contender> named(String names) {
		return Contenders.of(CommandLine.of(Set.of()), names);
	}

}
