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

import java.security.GeneralSecurityException;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.SecretKey;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import io.support.dispatch.CpuBound;

/**
 * HMAC-SHA256 over a document. A small document is signed where the caller stands: the
 * way to another thread and back would take longer. A large one is not.
 */
@Component
class Hmac {

	@CpuBound(when = "#document.length > 8192")
	Mono<String> sign(SecretKey key, byte[] document) {
		return Mono.fromSupplier(() -> Base64.getEncoder().encodeToString(compute(key, document)));
	}

	private static byte[] compute(SecretKey key, byte[] document) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(key);
			return mac.doFinal(document);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HmacSHA256 is not available", ex);
		}
	}

}
