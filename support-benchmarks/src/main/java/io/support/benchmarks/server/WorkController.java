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

package io.support.benchmarks.server;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * One request that costs the event loop some milliseconds, and one that costs nothing.
 */
@RestController
class WorkController {

	private final long rounds;

	WorkController(@Value("${benchmark.rounds:1000000}") long rounds) {
		this.rounds = rounds;
	}

	@GetMapping("/work")
	Mono<String> work() {
		return Mono.fromSupplier(() -> Long.toHexString(CpuWork.run(this.rounds)));
	}

	@GetMapping("/hello")
	Mono<String> hello() {
		return Mono.just("hello");
	}

}
