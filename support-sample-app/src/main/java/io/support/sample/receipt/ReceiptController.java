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

package io.support.sample.receipt;

import java.net.URI;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/**
 * Receipts over HTTP.
 */
@RestController
@RequestMapping("/receipts")
class ReceiptController {

	private static final String EVERYTHING = "9223372036854775807";

	private final ReceiptService service;

	ReceiptController(ReceiptService service) {
		this.service = service;
	}

	@PostMapping
	Mono<ResponseEntity<SignedReceipt>> issue(@Valid @RequestBody ReceiptRequest request) {
		return this.service.issue(request)
			.map((signed) -> ResponseEntity.created(URI.create("/receipts/" + signed.receipt().id())).body(signed));
	}

	@GetMapping("/{id}")
	Mono<VerifiedReceipt> find(@PathVariable UUID id) {
		return this.service.find(id)
			.switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No receipt " + id)));
	}

	@GetMapping
	Mono<ReceiptPage> page(@RequestParam String merchant, @RequestParam(defaultValue = EVERYTHING) long before,
			@RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
		return this.service.page(merchant, before, limit);
	}

}
