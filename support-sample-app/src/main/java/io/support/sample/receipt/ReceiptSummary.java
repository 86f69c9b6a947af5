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
import java.util.UUID;

/**
 * One receipt in a list.
 *
 * @param number its place in the list
 * @param id names the receipt
 * @param amount the total
 * @param currency the ISO 4217 code
 * @param issuedAt when it was issued
 */
record ReceiptSummary(long number, UUID id, BigDecimal amount, String currency, Instant issuedAt) {

	ReceiptSummary {
		amount = Receipt.inCurrency(amount, currency);
	}

}
