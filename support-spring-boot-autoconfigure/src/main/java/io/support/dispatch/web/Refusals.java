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

package io.support.dispatch.web;

import org.jspecify.annotations.Nullable;

import io.support.dispatch.DispatchRejectedException;

/**
 * How a refused call is answered: 503, and come back in a second.
 */
final class Refusals {

	static final String RETRY_AFTER_SECONDS = "1";

	private static final int MAX_CAUSES = 8;

	private Refusals() {
	}

	/**
	 * Says whether a request failed because a dispatcher refused a call.
	 * @param failure the exception, which may wrap the refusal
	 * @return whether it was refused
	 */
	static boolean isRefusal(Throwable failure) {
		@Nullable Throwable cause = failure;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			if (cause instanceof DispatchRejectedException) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

}
