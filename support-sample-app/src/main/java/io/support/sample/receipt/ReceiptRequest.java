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
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant sends: sizes and forms are checked here, field by field. Whether the
 * fields fit each other is checked when they become a {@link Receipt}.
 *
 * @param merchant the merchant's name
 * @param amount the total; may be left out where there are lines
 * @param currency the ISO 4217 code
 * @param lines what was sold; may be left out where there is an amount
 */
record ReceiptRequest(
		@NotNull @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,63}",
				message = "must be 1 to 64 small letters, digits or dashes") String merchant,
		@Positive @Digits(integer = 12, fraction = 4) @Nullable BigDecimal amount,
		@NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 code such as EUR") String currency,
		@Size(max = 200) @Nullable List<@NotNull @Valid Line> lines) {

	/**
	 * One line.
	 *
	 * @param text what was sold
	 * @param quantity how many
	 * @param unitPrice the price of one
	 */
	record Line(
			@NotBlank @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}\\p{Cs}]*",
					message = "must not have control characters") String text,
			@Positive @Max(1_000_000) int quantity, @NotNull @Digits(integer = 12, fraction = 4) BigDecimal unitPrice) {

		BigDecimal total() {
			return this.unitPrice.multiply(BigDecimal.valueOf(this.quantity));
		}

	}

}
