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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of receipts, the newest first.
 *
 * @param receipts the receipts
 * @param next the value of {@code before} that gives the next page, or {@code null} if
 * there is none
 */
record ReceiptPage(List<ReceiptSummary> receipts, @Nullable Long next) {

	/**
	 * Makes a page of what was read for it: one more than asked for if there is more.
	 * @param receipts the receipts, at most {@code limit + 1}
	 * @param limit how many were asked for
	 * @return the page
	 */
	static ReceiptPage of(List<ReceiptSummary> receipts, int limit) {
		if (receipts.size() <= limit) {
			return new ReceiptPage(receipts, null);
		}
		List<ReceiptSummary> page = receipts.subList(0, limit);
		return new ReceiptPage(page, page.get(limit - 1).number());
	}

}
