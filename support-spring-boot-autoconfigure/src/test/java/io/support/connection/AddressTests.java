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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Address}.
 */
class AddressTests {

	@Test
	void weightIsOneUnlessGiven() {
		assertThat(Address.parse("10.0.0.1:8080")).isEqualTo(new Address("10.0.0.1", 8080, 1));
		assertThat(Address.parse(" backup.example:80;weight=7 ")).isEqualTo(new Address("backup.example", 80, 7));
	}

	@Test
	void addressOfVersionSixHasBrackets() {
		Address address = Address.parse("[::1]:8080;weight=2");
		assertThat(address).isEqualTo(new Address("::1", 8080, 2));
		assertThat(address).hasToString("[::1]:8080");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "10.0.0.1", ":8080", "10.0.0.1:", "10.0.0.1:http", "10.0.0.1:0", "10.0.0.1:65536",
			"10.0.0.1:8080;weight=0", "10.0.0.1:8080;weight=-1", "10.0.0.1:8080;weight=", "10.0.0.1:8080;weight=1.5",
			"10.0.0.1:8080;weight=99999999999", "10.0.0.1:8080;w=1", "::1:8080", "http://10.0.0.1:8080" })
	void malformedAddressSaysWhatAGoodOneLooksLike(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> Address.parse(value))
			.withMessageContaining("10.0.0.1:8080");
	}

}
