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

package io.support.benchmarks.dispatch;

import java.util.concurrent.CompletableFuture;

import org.springframework.scheduling.annotation.Async;

import io.support.dispatch.CpuBound;

/**
 * One addition, however it is called: what it costs is the way to it.
 */
class Addition {

	/**
	 * The executor of {@link #async(int)}.
	 */
	static final String EXECUTOR = "additionExecutor";

	int bare(int size) {
		return size + 1;
	}

	@CpuBound(when = "#size > 100")
	int sized(int size) {
		return size + 1;
	}

	@CpuBound
	int plain(int size) {
		return size + 1;
	}

	@CpuBound
	CompletableFuture<Integer> future(int size) {
		return CompletableFuture.completedFuture(size + 1);
	}

	@Async(EXECUTOR)
	CompletableFuture<Integer> async(int size) {
		return CompletableFuture.completedFuture(size + 1);
	}

}
