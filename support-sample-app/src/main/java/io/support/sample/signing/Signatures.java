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

package io.support.sample.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Signs documents in the name of a merchant, and verifies such signatures. Never blocks
 * the thread that subscribes.
 */
@Component
public class Signatures {

	private final MerchantKeys keys;

	private final Hmac hmac;

	Signatures(MerchantKeys keys, Hmac hmac) {
		this.keys = keys;
		this.hmac = hmac;
	}

	/**
	 * Signs a document.
	 * @param merchant the merchant whose key is used
	 * @param document the document in its canonical form
	 * @return the signature in Base64
	 */
	public Mono<String> sign(String merchant, byte[] document) {
		return this.keys.of(merchant).flatMap((key) -> this.hmac.sign(key, document));
	}

	/**
	 * Verifies a signature.
	 * @param merchant the merchant whose key is used
	 * @param document the document in its canonical form
	 * @param signature the signature in Base64
	 * @return whether it is the signature of that document
	 */
	public Mono<Boolean> verify(String merchant, byte[] document, String signature) {
		return sign(merchant, document).map((expected) -> MessageDigest.isEqual(ascii(expected), ascii(signature)));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
