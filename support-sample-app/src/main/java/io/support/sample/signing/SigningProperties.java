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

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How receipts are signed.
 *
 * @param secret Secret from which every merchant's key is derived.
 * @param iterations Rounds of PBKDF2 for one key.
 * @param cachedKeys Keys that are kept; beyond it the least recently used is derived
 * again.
 */
@Validated
@ConfigurationProperties("sample.signing")
record SigningProperties(@NotEmpty String secret, @DefaultValue("100000") @Min(1000) int iterations,
		@DefaultValue("1000") @Min(1) int cachedKeys) {
}
