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

package io.support.sample.receipt;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReceiptRequest}.
 */
class ReceiptRequestTests {

	private static final ValidatorFactory factory = Validation.buildDefaultValidatorFactory();

	private final Validator validator = factory.getValidator();

	@AfterAll
	static void close() {
		factory.close();
	}

	@Test
	void requestWithOrWithoutLinesIsValid() {
		assertThat(wrong(new ReceiptRequest("baker-street", BigDecimal.ONE, "EUR", null))).isEmpty();
		assertThat(wrong(withLine("Rye bread \uD83C\uDF5E", 1, "1"))).isEmpty();
	}

	@Test
	void amountWithAnEnormousExponentIsRefusedWithoutBeingWrittenOut() {
		assertThat(wrong(new ReceiptRequest("m", new BigDecimal("1E+1000000000"), "EUR", null)))
			.containsExactly("amount");
		assertThat(wrong(new ReceiptRequest("m", new BigDecimal("1E-1000000000"), "EUR", null)))
			.containsExactly("amount");
	}

	@Test
	void textThatADatabaseCannotKeepIsRefused() {
		assertThat(wrong(withLine("a\0b", 1, "1"))).containsExactly("lines[0].text");
		assertThat(wrong(withLine("a\uD83C", 1, "1"))).containsExactly("lines[0].text");
	}

	@Test
	void numberOfLinesIsBounded() {
		ReceiptRequest.Line line = new ReceiptRequest.Line("Rye bread", 1, BigDecimal.ONE);
		assertThat(wrong(new ReceiptRequest("m", BigDecimal.ONE, "EUR", Collections.nCopies(201, line))))
			.containsExactly("lines");
	}

	@Test
	void everyFieldIsChecked() {
		assertThat(wrong(new ReceiptRequest("Not A Name", BigDecimal.ZERO, "euro",
				List.of(new ReceiptRequest.Line(" ", 0, new BigDecimal("0.00001"))))))
			.containsExactlyInAnyOrder("merchant", "amount", "currency", "lines[0].text", "lines[0].quantity",
					"lines[0].unitPrice");
	}

	private Set<String> wrong(ReceiptRequest request) {
		return this.validator.validate(request)
			.stream()
			.map((violation) -> violation.getPropertyPath().toString())
			.collect(Collectors.toSet());
	}

	private static ReceiptRequest withLine(String description, int quantity, String price) {
		return new ReceiptRequest("m", BigDecimal.ONE, "EUR",
				List.of(new ReceiptRequest.Line(description, quantity, new BigDecimal(price))));
	}

}
