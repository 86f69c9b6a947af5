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
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Jdk}.
 */
class JdkTests {

	@Test
	void isTheRunningOneUnlessNamed() throws IOException {
		assertThat(Jdk.at("")).isEqualTo(Jdk.running());
		assertThat(Jdk.running().version()).isEqualTo(Runtime.version().feature());
		assertThat(Path.of(Jdk.running().java())).exists();
	}

	@Test
	void versionIsReadFromTheRelease(@TempDir Path home) throws IOException {
		Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"25.0.1\"\n");
		assertThat(Jdk.at(home.toString())).isEqualTo(new Jdk(home, 25));
		assertThat(Jdk.at(home.toString()).hasVirtualThreads()).isTrue();
	}

}
