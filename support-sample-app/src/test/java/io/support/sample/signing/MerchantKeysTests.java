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
import java.util.ArrayList;
import java.util.List;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MerchantKeys}.
 */
class MerchantKeysTests {

	private static final SigningProperties PROPERTIES = new SigningProperties("secret", 1000, 2);

	private static final SecretKey KEY = new SecretKeySpec(new byte[32], "HmacSHA256");

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final List<String> derived = new ArrayList<>();

	@Test
	void keyIsDerivedOnceForRequestsAtTheSameTime() {
		Sinks.One<SecretKey> result = Sinks.one();
		MerchantKeys keys = keys(result.asMono());
		StepVerifier.create(Mono.zip(keys.of("baker"), keys.of("baker")))
			.then(() -> result.tryEmitValue(KEY))
			.expectNextCount(1)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.derived).containsExactly("baker");
	}

	@Test
	void leastRecentlyUsedKeyGoesFirst() {
		MerchantKeys keys = keys(Mono.just(KEY));
		for (String merchant : List.of("baker", "butcher", "baker", "grocer", "baker", "butcher")) {
			assertThat(keys.of(merchant).block(TIMEOUT)).isEqualTo(KEY);
		}
		assertThat(this.derived).containsExactly("baker", "butcher", "grocer", "butcher");
	}

	@Test
	void failureIsNotKept() {
		Mono<SecretKey> failure = Mono.error(new IllegalStateException("full"));
		MerchantKeys keys = keys(failure);
		StepVerifier.create(keys.of("baker")).expectErrorMessage("full").verify(TIMEOUT);
		StepVerifier.create(keys.of("baker")).expectErrorMessage("full").verify(TIMEOUT);
		assertThat(this.derived).containsExactly("baker", "baker");
	}

	private MerchantKeys keys(Mono<SecretKey> result) {
		return new MerchantKeys(new KeyDerivation(PROPERTIES) {

			@Override
			Mono<SecretKey> derive(String merchant) {
				return Mono.defer(() -> {
					MerchantKeysTests.this.derived.add(merchant);
					return result;
				});
			}

		}, PROPERTIES);
	}

}
