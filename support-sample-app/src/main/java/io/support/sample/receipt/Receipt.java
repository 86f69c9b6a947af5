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
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What was sold, for how much, and when. Every amount has the number of decimals that its
 * currency has, also in a receipt that comes from the database, so that it has the same
 * canonical form as the one that was issued.
 *
 * @param id names the receipt
 * @param merchant who issued it
 * @param amount the total
 * @param currency the ISO 4217 code
 * @param lines what was sold; may be empty
 * @param issuedAt when it was issued, to the microsecond that a database keeps
 */
record Receipt(UUID id, String merchant, BigDecimal amount, String currency, List<Line> lines, Instant issuedAt) {

	Receipt {
		amount = inCurrency(amount, currency);
		lines = lines.stream().map((line) -> line.withUnitPrice(inCurrency(line.unitPrice(), currency))).toList();
		issuedAt = issuedAt.truncatedTo(ChronoUnit.MICROS);
	}

	/**
	 * Makes a receipt of what a merchant sent.
	 * @param id names the receipt
	 * @param request what was sent, checked field by field
	 * @param at the time now
	 * @return the receipt; its lines, if there are any, make up the total
	 */
	static Receipt issue(UUID id, ReceiptRequest request, Instant at) {
		List<ReceiptRequest.Line> lines = (request.lines() != null) ? request.lines() : List.of();
		return new Receipt(id, request.merchant(), total(request.amount(), lines), request.currency(),
				lines.stream().map((line) -> new Line(line.text(), line.quantity(), line.unitPrice())).toList(), at);
	}

	private static BigDecimal total(@Nullable BigDecimal amount, List<ReceiptRequest.Line> lines) {
		BigDecimal sum = lines.stream().map(ReceiptRequest.Line::total).reduce(BigDecimal.ZERO, BigDecimal::add);
		BigDecimal total = (amount != null) ? amount : sum;
		if (!lines.isEmpty() && sum.compareTo(total) != 0) {
			throw new InvalidReceiptException(
					"The amount must be the sum of the lines, which is " + sum + ", was: " + amount, null);
		}
		if (total.signum() <= 0) {
			throw new InvalidReceiptException("The amount must be greater than 0, was: " + total, null);
		}
		return total;
	}

	/**
	 * Returns the form that is stamped and signed: the same for the same receipt, for
	 * ever.
	 * @return the canonical form
	 */
	CanonicalForm canonical() {
		CanonicalForm form = new CanonicalForm("receipt-1").add(this.id)
			.add(this.merchant)
			.add(this.amount)
			.add(this.currency)
			.add(this.issuedAt)
			.add(this.lines.size());
		this.lines.forEach((line) -> form.add(line.text()).add(line.quantity()).add(line.unitPrice()));
		return form;
	}

	/**
	 * Writes an amount with the decimals that its currency has.
	 * @param amount the amount, with less decimals, or with zeros behind them
	 * @param currency the ISO 4217 code
	 * @return the same amount
	 */
	static BigDecimal inCurrency(BigDecimal amount, String currency) {
		int digits = digits(currency);
		try {
			return amount.setScale(digits, RoundingMode.UNNECESSARY);
		}
		catch (ArithmeticException ex) {
			throw new InvalidReceiptException(
					"An amount in " + currency + " must have at most " + digits + " decimals, was: " + amount, ex);
		}
	}

	private static int digits(String currency) {
		try {
			int digits = Currency.getInstance(currency).getDefaultFractionDigits();
			if (digits >= 0) {
				return digits;
			}
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidReceiptException("The currency must be an ISO 4217 code such as EUR, was: " + currency,
					ex);
		}
		throw new InvalidReceiptException("The currency must be one that is paid in, was: " + currency, null);
	}

	/**
	 * One line.
	 *
	 * @param text what was sold
	 * @param quantity how many
	 * @param unitPrice the price of one
	 */
	record Line(String text, int quantity, BigDecimal unitPrice) {

		Line withUnitPrice(BigDecimal unitPrice) {
			return new Line(this.text, this.quantity, unitPrice);
		}

	}

}
