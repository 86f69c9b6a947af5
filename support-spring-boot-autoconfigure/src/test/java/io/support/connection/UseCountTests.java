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

package io.support.connection;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UseCount}.
 */
class UseCountTests {

	private final UseCount uses = new UseCount();

	@Test
	void lastUseAfterClosingIsTold() {
		assertThat(this.uses.begin()).isTrue();
		assertThat(this.uses.begin()).isTrue();
		assertThat(this.uses.close()).isFalse();
		assertThat(this.uses.begin()).isFalse();
		assertThat(this.uses.end()).isFalse();
		assertThat(this.uses.end()).isTrue();
	}

	@Test
	void unusedIsClosedAtOnce() {
		assertThat(this.uses.begin()).isTrue();
		assertThat(this.uses.end()).isFalse();
		assertThat(this.uses.close()).isTrue();
		assertThat(this.uses.begin()).isFalse();
	}

	@Test
	void usedIsNotClosedIfItHasToBeUnused() {
		this.uses.begin();
		assertThat(this.uses.closeIfUnused()).isFalse();
		assertThat(this.uses.begin()).isTrue();
		this.uses.end();
		this.uses.end();
		assertThat(this.uses.closeIfUnused()).isTrue();
		assertThat(this.uses.begin()).isFalse();
	}

	@Test
	void reopenedKeepsItsUses() {
		this.uses.begin();
		this.uses.close();
		this.uses.reopen();
		assertThat(this.uses.begin()).isTrue();
		assertThat(this.uses.end()).isFalse();
		assertThat(this.uses.end()).isFalse();
		assertThat(this.uses.close()).isTrue();
	}

}
