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

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.support.sample.notary.Stamp;

/**
 * A receipt with the notary's stamp and our signature.
 *
 * @param receipt what was sold
 * @param stamp what the notary said
 * @param signature the signature over both, in Base64
 */
record SignedReceipt(@JsonUnwrapped Receipt receipt, Stamp stamp, String signature) {

	/**
	 * Returns the bytes that are signed.
	 * @return the receipt and its stamp in their canonical form
	 */
	byte[] document() {
		return document(this.receipt, this.stamp);
	}

	static byte[] document(Receipt receipt, Stamp stamp) {
		return receipt.canonical().add(stamp.notary()).add(stamp.serial()).add(stamp.at()).toBytes();
	}

}
