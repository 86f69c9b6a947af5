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

import java.util.Locale;

/**
 * Why a call ran in place instead of on its dispatcher.
 */
enum InlineReason {

	/**
	 * The calling chain already holds the dispatcher.
	 */
	HELD,

	/**
	 * The {@code when} of the annotation was false.
	 */
	WHEN,

	/**
	 * Every thread of the dispatcher was itself waiting for a dispatcher, so that the
	 * waiting caller did the work.
	 */
	STARVED;

	/**
	 * Says whether the call has not even been tried to dispatch.
	 * @return whether it has not
	 */
	boolean isNeverDispatched() {
		return this != STARVED;
	}

	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
