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

package io.support.benchmarks.faults;

import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Calls by {@link WebClient}, and nothing else.
 */
final class WebClientCalls implements Calls {

	private final WebClient client;

	WebClientCalls(WebClient.Builder builder, String baseUrl) {
		this.client = builder.baseUrl(baseUrl).build();
	}

	@Override
	public Mono<String> get(int call) {
		return this.client.get().uri("/calls/{call}", call).retrieve().bodyToMono(String.class);
	}

	@Override
	public Mono<String> post(int call) {
		return this.client.post().uri("/calls").bodyValue(Integer.toString(call)).retrieve().bodyToMono(String.class);
	}

}
