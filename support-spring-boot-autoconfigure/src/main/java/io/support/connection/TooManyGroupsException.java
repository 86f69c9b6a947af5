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

/**
 * There is no room for one more group that only a source of addresses knows, because all
 * others are in use. Has no stack trace: it is made when there is more to do than can be
 * done.
 */
public class TooManyGroupsException extends IOException {

	private static final long serialVersionUID = 1L;

	TooManyGroupsException(String group, int maximum) {
		super(group + ": as many groups as there may be are in use; raise support.connections.max-dynamic-groups, was: "
				+ maximum);
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
