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

import java.util.List;

import org.junit.jupiter.api.Test;

import io.support.benchmarks.compare.Contender.Stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Scenario}.
 */
class ScenarioTests {

	private static final Contender NETTY = new Contender("netty", Stack.WEBFLUX, List.of());

	private static final Contender TOMCAT = new Contender("tomcat", Stack.SERVLET, List.of());

	@Test
	void areFoundByName() {
		assertThat(Scenario.named("io, loop")).containsExactly(Scenario.IO, Scenario.LOOP);
	}

	@Test
	void unknownNameIsRefusedWithTheKnownOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> Scenario.named("disk"))
			.withMessage("A scenario is one of [loop, cpu, io, virtual], was: disk");
	}

	@Test
	void servletContainerHasNoLoopToWorkOn() {
		assertThat(Scenario.LOOP.path(NETTY)).isEqualTo("/work");
		assertThat(Scenario.LOOP.path(TOMCAT)).isEqualTo("/work-virtual");
		assertThat(Scenario.IO.path(TOMCAT)).isEqualTo(Scenario.IO.path(NETTY));
	}

	@Test
	void noPropertyIsGivenTwice() {
		assertThat(Scenario.VIRTUAL.arguments(NETTY)).containsExactly("--spring.threads.virtual.enabled=true");
		assertThat(Scenario.VIRTUAL.arguments(TOMCAT)).isEmpty();
		assertThat(TOMCAT.stack().arguments()).containsOnlyOnce("--spring.threads.virtual.enabled=true");
	}

	@Test
	void probeWaitsForWhatTheWorkWaitsFor() {
		assertThat(Scenario.LOOP.probe(NETTY)).isEqualTo("/hello");
		assertThat(Scenario.IO.probe(NETTY)).isEqualTo("/work-io");
		assertThat(Scenario.LOOP.probe(TOMCAT)).isEqualTo("/work-virtual");
	}

}
