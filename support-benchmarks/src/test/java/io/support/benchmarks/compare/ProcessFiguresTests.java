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

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProcessFigures}.
 */
class ProcessFiguresTests {

	@Test
	void processorTimeIsThatOfTheProcessAndOfTheKernelForIt() {
		assertThat(ProcessFigures.cpu("4711 (ja va) x) S 1 4711 4711 0 -1 4194304 9 0 0 0 250 31 7 8 20 0 30 0 99 1 1"))
			.isEqualTo(Duration.ofMillis(2810));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void ofThisProcessAreThere() throws IOException {
		ProcessFigures figures = new ProcessFigures(ProcessHandle.current().pid());
		assertThat(figures.cpu()).isPositive();
		assertThat(figures.descriptors()).isGreaterThan(3);
	}

}
