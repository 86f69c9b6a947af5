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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Makes an application of an ordinary one that has very much of everything.
 */
@RestController
class CrowdController {

	private static final int SAMPLES = 3;

	private final MeterRegistry registry;

	/** So that none of them is collected. */
	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	CrowdController(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Adds to what there is.
	 * @param meters how many timers
	 * @param threads how many virtual threads that wait; none on a JDK without them
	 * @return how many virtual threads there are
	 */
	@GetMapping("/crowd")
	Mono<String> crowd(@RequestParam int meters, @RequestParam int threads) {
		return Mono.fromSupplier(() -> {
			for (int i = 0; i < meters; i++) {
				Timer timer = this.registry.timer("crowd.calls", "method", "Service" + i + ".call");
				for (int sample = 0; sample < SAMPLES; sample++) {
					timer.record(Duration.ofMillis(sample + i % 100));
				}
			}
			this.threads.addAll(waiting(threads));
			return Integer.toString(this.threads.size());
		});
	}

	private static List<Thread> waiting(int number) {
		Method start;
		try {
			start = Thread.class.getMethod("startVirtualThread", Runnable.class);
		}
		catch (NoSuchMethodException ex) {
			return List.of();
		}
		Thread[] threads = new Thread[number];
		for (int i = 0; i < number; i++) {
			threads[i] = start(start);
		}
		return List.of(threads);
	}

	private static Thread start(Method start) {
		Runnable waits = () -> {
			while (!Thread.currentThread().isInterrupted()) {
				LockSupport.park();
			}
		};
		try {
			return (Thread) start.invoke(null, waits);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
