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

package io.support.profile;

/**
 * One element of a stack.
 *
 * @param name what it is called: {@code package.Class.method}, a class, or threads
 * @param kind what it stands for
 */
record Frame(String name, FrameKind kind) {

	static final Frame LEFT_OUT = new Frame("left out", FrameKind.REMARK);

	static final Frame TRUNCATED = new Frame("truncated", FrameKind.REMARK);

	static final Frame NO_STACK = new Frame("no stack", FrameKind.REMARK);

	/**
	 * Returns the frame as text formats have it: what is no method is in brackets.
	 * @return one line without the separators of these formats
	 */
	String text() {
		StringBuilder text = new StringBuilder(this.name.length() + 2);
		for (int i = 0; i < this.name.length(); i++) {
			char c = this.name.charAt(i);
			text.append((c == ';') ? ':' : Character.isISOControl(c) ? ' ' : c);
		}
		return switch (this.kind) {
			case THREAD, REMARK -> text.insert(0, '[').append(']').toString();
			default -> text.toString();
		};
	}

}
