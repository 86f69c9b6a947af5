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

import java.util.HexFormat;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Asks the notary for a stamp. There is no address, no time-out and no retry in this
 * class: {@code notary} is a group of addresses in {@code application.yaml}.
 */
@Component
public class NotaryClient {

	private final WebClient client;

	NotaryClient(WebClient.Builder builder) {
		this.client = builder.baseUrl("http://notary").build();
	}

	/**
	 * Asks for a stamp on a document. The request is a PUT under a name of the caller's,
	 * which makes it idempotent: one that failed may be sent again to another notary.
	 * @param id names the document
	 * @param digest the SHA-256 of the document
	 * @return the stamp, or a {@link NotaryUnavailableException}
	 */
	public Mono<Stamp> stamp(UUID id, byte[] digest) {
		return this.client.put()
			.uri("/stamps/{id}", id)
			.bodyValue(new StampRequest(HexFormat.of().formatHex(digest)))
			.retrieve()
			.bodyToMono(Stamp.class)
			.onErrorMap(NotaryUnavailableException::new);
	}

}
