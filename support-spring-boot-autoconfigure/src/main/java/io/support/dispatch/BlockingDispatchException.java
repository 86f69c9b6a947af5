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

package io.support.dispatch;

/**
 * A call would have made a thread wait that must never wait, such as an event loop. It
 * failed instead, before anything of it ran. A mistake in the program: the message names
 * the call and the ways out.
 */
public final class BlockingDispatchException extends IllegalStateException {

	private BlockingDispatchException(String message) {
		super(message);
	}

	static BlockingDispatchException of(String call, String waysOut) {
		return new BlockingDispatchException(
				call + " would block " + Thread.currentThread().getName() + ", which must not wait: " + waysOut);
	}

}
