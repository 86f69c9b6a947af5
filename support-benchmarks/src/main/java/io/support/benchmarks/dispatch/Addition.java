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

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Async;

import io.support.dispatch.CpuBound;
import io.support.dispatch.DispatchCondition;

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

	@CpuBound(condition = Large.class)
	int large(int size) {
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

	/**
	 * The same as {@link #sized(int)} asks, without an expression.
	 */
	static final class Large implements DispatchCondition {

		@Override
		public boolean isDispatched(Method method, @Nullable Object[] arguments) {
			return arguments[0] instanceof Integer size && size > 100;
		}

	}

}
