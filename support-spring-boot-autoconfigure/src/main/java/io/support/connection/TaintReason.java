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

package io.support.connection;

import java.util.Locale;

/**
 * Why a connection must not be used again.
 */
enum TaintReason {

	/** There were more bytes than the response has. */
	SURPLUS,

	/** Bytes came that nobody had asked for. */
	UNEXPECTED,

	/** The peer had closed it when it was to be used. */
	CLOSED,

	/** It was given back with bytes that nobody had read. */
	UNREAD,

	/** It was given back with bytes that had not been sent. */
	UNSENT,

	/** It was given back with other handlers than it had. */
	HANDLERS;

	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
