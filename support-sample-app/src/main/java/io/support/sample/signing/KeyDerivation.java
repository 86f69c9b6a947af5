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
import java.security.GeneralSecurityException;

import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import io.support.dispatch.CpuBound;

/**
 * Derives a merchant's key from the service's secret with PBKDF2, which is slow by
 * intention: tens of milliseconds in which an event loop would serve nobody.
 */
@Component
class KeyDerivation {

	private static final int KEY_BITS = 256;

	private final SigningProperties properties;

	KeyDerivation(SigningProperties properties) {
		this.properties = properties;
	}

	/**
	 * Derives the key when somebody subscribes, on the {@code cpu} dispatcher; the signal
	 * comes back on the event loop.
	 * @param merchant the merchant
	 * @return the key
	 */
	@CpuBound
	Mono<SecretKey> derive(String merchant) {
		PBEKeySpec spec = new PBEKeySpec(this.properties.secret().toCharArray(),
				("receipt:" + merchant).getBytes(StandardCharsets.UTF_8), this.properties.iterations(), KEY_BITS);
		try {
			byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
			return Mono.just(new SecretKeySpec(key, "HmacSHA256"));
		}
		catch (GeneralSecurityException ex) {
			return Mono.error(new IllegalStateException("No key for merchant '" + merchant + "'", ex));
		}
		finally {
			spec.clearPassword();
		}
	}

}
