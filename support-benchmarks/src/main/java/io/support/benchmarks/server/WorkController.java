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

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * One request that costs the event loop some milliseconds, one that costs the thread of a
 * plain method as much, and some that measurements need.
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

	@GetMapping("/work-virtual")
	String plainWork() {
		return Long.toHexString(CpuWork.run(this.rounds));
	}

	@GetMapping("/hello")
	Mono<String> hello() {
		return Mono.just("hello");
	}

	/**
	 * Is in flight for a while and costs next to nothing.
	 * @param millis the while
	 * @return completes after it
	 */
	@GetMapping("/wait")
	Mono<String> hold(@RequestParam long millis) {
		return Mono.delay(Duration.ofMillis(millis)).thenReturn("waited");
	}

	/**
	 * Does what must not be done: blocks the event loop.
	 * @param millis for how long
	 * @return completes afterwards
	 */
	@GetMapping("/block")
	Mono<String> block(@RequestParam long millis) {
		return Mono.fromSupplier(() -> {
			Blocking.pause(Duration.ofMillis(millis));
			return "blocked";
		});
	}

	/**
	 * Collects garbage.
	 * @return the bytes of the heap that are in use afterwards
	 */
	@GetMapping("/heap")
	Mono<String> heap() {
		return Mono.fromSupplier(() -> {
			ManagementFactory.getMemoryMXBean().gc();
			return Long.toString(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		});
	}

	/**
	 * Stands for a call that waits for something outside.
	 */
	static final class Blocking {

		private Blocking() {
		}

		static void pause(Duration time) {
			long end = System.nanoTime() + time.toNanos();
			for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
		}

	}

}
