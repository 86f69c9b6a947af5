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

package io.support.eventloop;

import java.util.List;

/**
 * Tells the application's own frames of a stack from those of what it runs on.
 */
final class ApplicationFrames {

	private static final List<String> FOREIGN = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.",
			"kotlin.", "kotlinx.", "io.micrometer.", "io.netty.", "org.reactivestreams.", "org.springframework.",
			"reactor.", "io.support.acceptor.", "io.support.admission.", "io.support.autoconfigure.",
			"io.support.connection.", "io.support.context.", "io.support.dispatch.", "io.support.eventloop.",
			"io.support.meta.", "io.support.overload.", "io.support.profile.", "io.support.socket.",
			"io.support.stats.", "io.support.worker.");

	private ApplicationFrames() {
	}

	static boolean isApplication(StackTraceElement frame) {
		return FOREIGN.stream().noneMatch(frame.getClassName()::startsWith);
	}

	/**
	 * Returns the frame that stands for a stack.
	 * @param stack the stack, its top first, not empty
	 * @return the application's topmost, or the topmost if none is the application's
	 */
	static StackTraceElement top(List<StackTraceElement> stack) {
		return stack.stream().filter(ApplicationFrames::isApplication).findFirst().orElseGet(() -> stack.get(0));
	}

	/**
	 * Returns what makes two stacks the same.
	 * @param stack the stack
	 * @return the application's frames, or all if none is the application's
	 */
	static List<StackTraceElement> identity(List<StackTraceElement> stack) {
		List<StackTraceElement> own = stack.stream().filter(ApplicationFrames::isApplication).toList();
		return own.isEmpty() ? stack : own;
	}

}
