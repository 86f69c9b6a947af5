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

import java.io.IOException;
import java.time.Instant;

/**
 * An address was not tried, because it failed a short while ago. Has no stack trace: it
 * is made for every request while an address is marked down.
 */
public class MarkedDownException extends IOException {

	private static final long serialVersionUID = 1L;

	MarkedDownException(String message) {
		super(message);
	}

	static MarkedDownException of(String group, Address address, Instant until) {
		return new MarkedDownException(group + ": " + address + " is marked down until " + until);
	}

	static MarkedDownException ofAll(String group) {
		return new MarkedDownException(group + ": every address is marked down, none was tried");
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
