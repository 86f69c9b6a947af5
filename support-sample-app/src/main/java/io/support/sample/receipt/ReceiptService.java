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

import java.time.Clock;
import java.util.UUID;

import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

import io.support.sample.notary.NotaryClient;
import io.support.sample.notary.Stamp;
import io.support.sample.signing.Signatures;

/**
 * Issues and reads receipts. Nothing here says on which thread a step runs: that is said
 * where the step blocks or computes.
 */
@Service
class ReceiptService {

	private final NotaryClient notary;

	private final Signatures signatures;

	private final ReceiptRepository repository;

	private final Clock clock;

	ReceiptService(NotaryClient notary, Signatures signatures, ReceiptRepository repository, Clock clock) {
		this.notary = notary;
		this.signatures = signatures;
		this.repository = repository;
		this.clock = clock;
	}

	/**
	 * Issues a receipt: stamped, signed, stored, in this order. What fails leaves nothing
	 * behind.
	 * @param request what the merchant sent
	 * @return the receipt
	 */
	Mono<SignedReceipt> issue(ReceiptRequest request) {
		Receipt receipt = Receipt.issue(UUID.randomUUID(), request, this.clock.instant());
		return this.notary.stamp(receipt.id(), receipt.canonical().digest())
			.flatMap((stamp) -> sign(receipt, stamp))
			.flatMap(this.repository::insert);
	}

	/**
	 * Reads a receipt and verifies its signature.
	 * @param id names the receipt
	 * @return the receipt, or empty if there is none
	 */
	Mono<VerifiedReceipt> find(UUID id) {
		return this.repository.find(id)
			.flatMap((signed) -> this.signatures
				.verify(signed.receipt().merchant(), signed.document(), signed.signature())
				.map((verified) -> new VerifiedReceipt(signed, verified)));
	}

	/**
	 * Reads a page of a merchant's receipts, the newest first.
	 * @param merchant the merchant
	 * @param before only receipts with a smaller number
	 * @param limit at most so many
	 * @return the page
	 */
	Mono<ReceiptPage> page(String merchant, long before, int limit) {
		return this.repository.findByMerchant(merchant, before, limit + 1)
			.map((receipts) -> ReceiptPage.of(receipts, limit));
	}

	private Mono<SignedReceipt> sign(Receipt receipt, Stamp stamp) {
		return this.signatures.sign(receipt.merchant(), SignedReceipt.document(receipt, stamp))
			.map((signature) -> new SignedReceipt(receipt, stamp, signature));
	}

}
