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

package io.support.system;

import java.util.Arrays;
import java.util.List;

/**
 * How stacks are written: a text for each frame, without the class loader, which says
 * nothing in most applications.
 */
final class Frames {

	/** So many of a stack are shown, the innermost ones. */
	static final int MAX_DEPTH = 64;

	private Frames() {
	}

	static List<String> of(StackTraceElement[] stack) {
		return Arrays.stream(stack).limit(MAX_DEPTH).map(Frames::frame).toList();
	}

	static String frame(StackTraceElement frame) {
		return frame.getClassName() + '.' + frame.getMethodName() + '(' + place(frame) + ')';
	}

	private static String place(StackTraceElement frame) {
		if (frame.isNativeMethod()) {
			return "native";
		}
		String file = (frame.getFileName() != null) ? frame.getFileName() : "unknown";
		return (frame.getLineNumber() >= 0) ? file + ':' + frame.getLineNumber() : file;
	}

}
