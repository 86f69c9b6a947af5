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

package io.support.process;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.support.autoconfigure.context.PropertyMask;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandLine}, with the mask that the pages have.
 */
class CommandLineTests {

	private final PropertyMask mask = PropertyMask.withoutRule();

	private final CommandLine commandLine = new CommandLine(
			(name, value) -> name.isEmpty() ? this.mask.text(value) : this.mask.value(name, value));

	@ParameterizedTest
	@CsvSource({ "-Dpassword=hunter2, -Dpassword=******",
			"--spring.datasource.password=hunter2, --spring.datasource.password=******",
			"-Dencrypt.key=hunter2, -Dencrypt.key=******", "--api-token=hunter2, --api-token=******",
			"-Durl=jdbc:pg://me:hunter2@host/db, -Durl=******@host/db", "http://me:hun:ter2@host/, http://******@host/",
			"'-Dspring.application.json={\"db.password\":\"hunter2\"}', '-Dspring.application.json={\"db.password\":******}'",
			"-Dserver.port=8080, -Dserver.port=8080", "-Xmx1g, -Xmx1g",
			"-javaagent:a.jar=secret=hunter2, -javaagent:a.jar=secret=******" })
	void secretIsHiddenAndTheRestIsShown(String argument, String shown) {
		assertThat(this.commandLine.show(List.of(argument))).containsExactly(shown);
	}

	@Test
	void argumentAfterTheNameOfASecretIsHidden() {
		assertThat(this.commandLine.show(List.of("--password", "hunter2", "--token", "-v", "--port", "80")))
			.containsExactly("--password", "******", "--token", "-v", "--port", "80");
	}

	@Test
	void longAndManyArgumentsAreCut() {
		List<String> shown = this.commandLine.show(Collections.nCopies(1000, "x".repeat(5000)));
		assertThat(shown).hasSize(CommandLine.MAX_ARGUMENTS + 1).last().isEqualTo("... and 744 more");
		assertThat(shown.get(0)).hasSizeLessThan(1100).endsWith("(5000 characters)");
	}

}
