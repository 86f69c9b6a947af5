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
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Receipt} and {@link CanonicalForm}.
 */
class ReceiptTests {

	private static final UUID ID = UUID.fromString("5b1c2f6e-3c0a-4a54-9d2c-0a1b2c3d4e5f");

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123456789Z");

	@Test
	void amountsGetTheDecimalsOfTheCurrency() {
		Receipt receipt = issue("7.4", "EUR", line("Rye bread", 2, "3.7"));
		assertThat(receipt.amount()).isEqualTo(new BigDecimal("7.40"));
		assertThat(receipt.lines().get(0).unitPrice()).isEqualTo(new BigDecimal("3.70"));
		assertThat(issue("500", "JPY").amount()).isEqualTo(new BigDecimal("500"));
	}

	@Test
	void amountWithMoreDecimalsThanTheCurrencyIsRefused() {
		assertThatExceptionOfType(InvalidReceiptException.class).isThrownBy(() -> issue("7.405", "EUR"))
			.withMessageContaining("An amount in EUR must have at most 2 decimals, was: 7.405");
	}

	@Test
	void amountThatIsNotTheSumOfTheLinesIsRefused() {
		assertThatExceptionOfType(InvalidReceiptException.class)
			.isThrownBy(() -> issue("7.41", "EUR", line("Rye bread", 2, "3.70")))
			.withMessageContaining("The amount must be the sum of the lines, which is 7.40, was: 7.41");
	}

	@Test
	void amountThatIsLeftOutIsTheSumOfTheLines() {
		ReceiptRequest request = new ReceiptRequest("baker-street", null, "EUR", List.of(line("Rye bread", 2, "3.7")));
		assertThat(Receipt.issue(ID, request, NOW).amount()).isEqualTo(new BigDecimal("7.40"));
	}

	@Test
	void receiptOverNothingIsRefused() {
		assertThatExceptionOfType(InvalidReceiptException.class)
			.isThrownBy(() -> Receipt.issue(ID, new ReceiptRequest("baker-street", null, "EUR", null), NOW))
			.withMessageContaining("The amount must be greater than 0, was: 0");
	}

	@Test
	void currencyThatDoesNotExistOrIsNoMoneyIsRefused() {
		assertThatExceptionOfType(InvalidReceiptException.class).isThrownBy(() -> issue("1", "ZZZ"));
		assertThatExceptionOfType(InvalidReceiptException.class).isThrownBy(() -> issue("1", "XXX"));
	}

	@Test
	void receiptFromTheDatabaseHasTheCanonicalFormOfTheIssuedOne() {
		Receipt issued = issue("7.4", "EUR", line("Rye bread", 2, "3.7"));
		Receipt stored = new Receipt(ID, "baker-street", new BigDecimal("7.4000"), "EUR",
				List.of(new Receipt.Line("Rye bread", 2, new BigDecimal("3.7000"))),
				Instant.parse("2026-11-23T12:00:00.123456Z"));
		assertThat(stored.canonical().toBytes()).isEqualTo(issued.canonical().toBytes());
		assertThat(stored.canonical().digest()).isEqualTo(issued.canonical().digest()).hasSize(32);
	}

	@Test
	void everyValueIsPartOfTheCanonicalForm() {
		Receipt receipt = issue("7.40", "EUR", line("Rye bread", 2, "3.70"));
		assertThat(receipt.canonical().toBytes()).asString()
			.isEqualTo("9:receipt-1,36:" + ID + ",12:baker-street,4:7.40,3:EUR,27:2026-11-23T12:00:00.123456Z,"
					+ "1:1,9:Rye bread,1:2,4:3.70,");
	}

	@Test
	void valuesCannotRunIntoEachOther() {
		byte[] one = new CanonicalForm("1").add("a,1:b").add("c").toBytes();
		byte[] other = new CanonicalForm("1").add("a").add("b,1:c").toBytes();
		assertThat(one).isNotEqualTo(other);
	}

	private static Receipt issue(String amount, String currency, ReceiptRequest.Line... lines) {
		return Receipt.issue(ID, new ReceiptRequest("baker-street", new BigDecimal(amount), currency, List.of(lines)),
				NOW);
	}

	private static ReceiptRequest.Line line(String description, int quantity, String price) {
		return new ReceiptRequest.Line(description, quantity, new BigDecimal(price));
	}

}
