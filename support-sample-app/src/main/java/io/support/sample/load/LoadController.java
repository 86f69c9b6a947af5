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

package io.support.sample.load;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import io.support.dispatch.CpuBound;

/**
 * What load tools ask for. More than one request in {@code millis} on {@code /work} is
 * more than one event loop can serve: this is where the application is overloaded.
 */
@RestController
class LoadController {

	private static final int MAX_MILLIS = 100;

	private final CalibratedWork work;

	LoadController(CalibratedWork work) {
		this.work = work;
	}

	@GetMapping(path = "/hello", produces = MediaType.TEXT_PLAIN_VALUE)
	Mono<String> hello() {
		return Mono.just("Hello\n");
	}

	/*
	 * Runs on the event loop: what an application does that nobody has looked at yet.
	 */
	@GetMapping(path = "/work", produces = MediaType.TEXT_PLAIN_VALUE)
	Mono<String> work(@RequestParam(defaultValue = "5") @Min(0) @Max(MAX_MILLIS) int millis) {
		return Mono.fromSupplier(() -> answer(millis));
	}

	/*
	 * The same with one annotation. The return type may stay plain.
	 */
	@CpuBound
	@GetMapping(path = "/dispatched-work", produces = MediaType.TEXT_PLAIN_VALUE)
	String dispatchedWork(@RequestParam(defaultValue = "5") @Min(0) @Max(MAX_MILLIS) int millis) {
		return answer(millis);
	}

	private String answer(int millis) {
		return "%d ms of work on %s: %016x%n".formatted(millis, Thread.currentThread().getName(),
				this.work.run(millis));
	}

}
