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

package io.support.proc;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link DiagnosticCommand}, with this JVM.
 */
class DiagnosticCommandTests {

	@Test
	void commandAnswersInText() {
		DiagnosticCommand flags = new DiagnosticCommand("vmFlags");
		assertThat(flags.unavailable()).isNull();
		assertThat(flags.run()).contains("-XX:");
	}

	@Test
	void commandWithoutArgumentsAnswersToo() {
		assertThat(new DiagnosticCommand("gcHeapInfo").run()).contains("eap");
	}

	@Test
	void commandThatIsNotThereSaysSo() {
		DiagnosticCommand none = new DiagnosticCommand("gcNothing");
		assertThat(none.unavailable()).contains("gcNothing");
		assertThatIllegalStateException().isThrownBy(none::run).withMessageContaining("gcNothing");
	}

}
