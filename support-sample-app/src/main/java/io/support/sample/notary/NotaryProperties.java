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

package io.support.sample.notary;

import java.time.Duration;
import java.util.Map;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The notaries that are played inside this process.
 *
 * @param enabled Whether notaries are started in this process.
 * @param address Address to listen on.
 * @param ports Ports to listen on, by the notary's name.
 * @param delay Time that a notary takes for an answer.
 * @param cutShare Share of the requests that a notary cuts off without an answer, from 0
 * to 1.
 */
@Validated
@ConfigurationProperties("sample.notary")
record NotaryProperties(@DefaultValue("true") boolean enabled, @DefaultValue("127.0.0.1") String address,
		@DefaultValue Map<String, Integer> ports, @DefaultValue("2ms") Duration delay,
		@DefaultValue("0") @DecimalMin("0") @DecimalMax("1") double cutShare) {
}
