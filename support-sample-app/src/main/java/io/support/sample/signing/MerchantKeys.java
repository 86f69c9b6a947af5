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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.SecretKey;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The keys of the merchants seen last. A key is derived once, however many requests ask
 * for it at the same time; a failure is not kept. Bounded, thread-safe.
 */
@Component
class MerchantKeys {

	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	private final KeyDerivation derivation;

	private final Map<String, Mono<SecretKey>> keys;

	MerchantKeys(KeyDerivation derivation, SigningProperties properties) {
		this.derivation = derivation;
		this.keys = new LinkedHashMap<>(16, 0.75f, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Mono<SecretKey>> eldest) {
				return size() > properties.cachedKeys();
			}

		};
	}

	Mono<SecretKey> of(String merchant) {
		synchronized (this.keys) {
			return this.keys.computeIfAbsent(merchant, this::derive);
		}
	}

	private Mono<SecretKey> derive(String merchant) {
		return this.derivation.derive(merchant).cache((key) -> FOREVER, (ex) -> Duration.ZERO, () -> Duration.ZERO);
	}

}
