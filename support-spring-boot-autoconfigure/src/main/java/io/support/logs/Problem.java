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

package io.support.logs;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An exception without the exception itself, which could hold on to anything: its class,
 * its message, the beginning of its stack, and its cause.
 *
 * @param type its class
 * @param message its message, cut
 * @param frames the innermost frames
 * @param omitted how many there are besides
 * @param cause what caused it
 */
record Problem(String type, @Nullable String message, List<StackTraceElement> frames, int omitted,
		@Nullable Problem cause) {

	static final int MAX_FRAMES = 24;

	static final int MAX_CAUSES = 4;

	/**
	 * Returns what exceptions of the same kind from the same place have in common.
	 * @return the classes, and the place of the last cause
	 */
	String signature() {
		StringBuilder signature = new StringBuilder(simpleName(this.type));
		Problem root = this;
		while (root.cause != null) {
			root = root.cause;
			signature.append(" < ").append(simpleName(root.type));
		}
		return root.frames.isEmpty() ? signature.toString()
				: signature.append(" at ").append(place(root.frames.get(0))).toString();
	}

	/**
	 * Returns the stack as Java writes it.
	 * @return a line for each exception and each frame
	 */
	List<String> lines() {
		List<String> lines = new ArrayList<>();
		Problem one = this;
		String prefix = "";
		while (one != null) {
			lines.add(prefix + one.type + ((one.message != null) ? ": " + one.message : ""));
			one.frames.forEach((frame) -> lines.add("at " + frame.getClassName() + '.' + place(frame)));
			if (one.omitted > 0) {
				lines.add("... " + one.omitted + " more");
			}
			prefix = "Caused by: ";
			one = one.cause;
		}
		return lines;
	}

	private static String place(StackTraceElement frame) {
		String file = (frame.getFileName() != null) ? frame.getFileName() : "unknown";
		return frame.getMethodName() + '(' + ((frame.getLineNumber() >= 0) ? file + ':' + frame.getLineNumber() : file)
				+ ')';
	}

	private static String simpleName(String type) {
		return type.substring(type.lastIndexOf('.') + 1);
	}

}
