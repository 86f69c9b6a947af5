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

import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The same work as users of WebFlux take it away from the event loop without SuPPort.
 */
@RestController
@ConditionalOnProperty(name = "benchmark.dispatch", havingValue = "elastic")
class ElasticController {

	private final long rounds;

	private final Duration wait;

	ElasticController(@Value("${benchmark.rounds:1000000}") long rounds,
			@Value("${benchmark.wait:50ms}") Duration wait) {
		this.rounds = rounds;
		this.wait = wait;
	}

	@GetMapping("/work-cpu")
	Mono<String> compute() {
		return Mono.fromCallable(() -> Long.toHexString(CpuWork.run(this.rounds)))
			.subscribeOn(Schedulers.boundedElastic());
	}

	@GetMapping("/work-io")
	Mono<String> load() {
		return Mono.fromCallable(() -> {
			WorkController.Blocking.pause(this.wait);
			return "loaded";
		}).subscribeOn(Schedulers.boundedElastic());
	}

}
