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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page in {@code docs/} that is made from the code. With
 * {@code -Dsupport.docs.write=true} it is written instead of compared.
 */
final class ReferencePage {

	private static final Path DOCS = Path.of("..", "docs");

	private final String name;

	private final StringBuilder text = new StringBuilder();

	ReferencePage(String name, String introduction) {
		this.name = name;
		this.text.append(introduction.strip()).append('\n');
	}

	void section(String title) {
		this.text.append("\n## ").append(title).append("\n\n");
	}

	void row(String... cells) {
		this.text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

	void header(String... cells) {
		row(cells);
		this.text.append("|---".repeat(cells.length)).append("|\n");
	}

	static String code(Object value) {
		return "`" + value + "`";
	}

	void check() throws IOException {
		Path file = DOCS.resolve(this.name);
		if (Boolean.getBoolean("support.docs.write")) {
			Files.writeString(file, this.text);
			return;
		}
		assertThat(file).exists();
		assertThat(Files.readString(file))
			.as("docs/%s is not what the code says; to write it again: ./mvnw -pl"
					+ " support-spring-boot-autoconfigure test -Dtest='*PageTests' -Dsupport.docs.write=true",
					this.name)
			.isEqualTo(this.text.toString());
	}

}
