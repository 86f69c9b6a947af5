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
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Signatures}.
 */
class SignaturesTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final byte[] DOCUMENT = "document".getBytes(StandardCharsets.UTF_8);

	private final Signatures signatures = signatures("secret");

	@Test
	void signatureIsVerified() {
		assertThat(verify(this.signatures, "baker", DOCUMENT, sign("baker", DOCUMENT))).isTrue();
	}

	@Test
	void signatureIsTheSameInAnotherProcess() {
		assertThat(verify(signatures("secret"), "baker", DOCUMENT, sign("baker", DOCUMENT))).isTrue();
	}

	@Test
	void changedDocumentIsNotVerified() {
		byte[] changed = DOCUMENT.clone();
		changed[3] ^= 1;
		assertThat(verify(this.signatures, "baker", changed, sign("baker", DOCUMENT))).isFalse();
	}

	@Test
	void signatureOfAnotherMerchantOrSecretIsNotVerified() {
		String signature = sign("baker", DOCUMENT);
		assertThat(verify(this.signatures, "butcher", DOCUMENT, signature)).isFalse();
		assertThat(verify(signatures("another secret"), "baker", DOCUMENT, signature)).isFalse();
	}

	@Test
	void signatureThatIsNoBase64IsNotVerified() {
		assertThat(verify(this.signatures, "baker", DOCUMENT, "?")).isFalse();
	}

	private String sign(String merchant, byte[] document) {
		String signature = this.signatures.sign(merchant, document).block(TIMEOUT);
		assertThat(signature).hasSize(44);
		return signature;
	}

	private static Boolean verify(Signatures signatures, String merchant, byte[] document, String signature) {
		return signatures.verify(merchant, document, signature).block(TIMEOUT);
	}

	private static Signatures signatures(String secret) {
		SigningProperties properties = new SigningProperties(secret, 1000, 10);
		return new Signatures(new MerchantKeys(new KeyDerivation(properties), properties), new Hmac());
	}

}
