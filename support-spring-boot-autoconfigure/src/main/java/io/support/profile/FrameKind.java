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

import java.util.Locale;

/**
 * What a frame of a profile stands for.
 */
enum FrameKind {

	/**
	 * Threads whose names are the same but for numbers.
	 */
	THREAD,

	/**
	 * A method of the application's own packages.
	 */
	APPLICATION,

	/**
	 * A method of anybody else's.
	 */
	LIBRARY,

	/**
	 * A method of the JDK.
	 */
	JDK,

	/**
	 * The class of what was allocated, or of the lock that was waited for.
	 */
	TYPE,

	/**
	 * What is not known, or was left out.
	 */
	REMARK;

	String externalName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns whether code runs in such a frame.
	 * @return whether it is a method
	 */
	boolean isMethod() {
		return this == APPLICATION || this == LIBRARY || this == JDK;
	}

}
