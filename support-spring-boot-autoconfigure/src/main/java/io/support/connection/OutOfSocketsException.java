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
 * A group, or the process, has as many connections as it may have, and none of them is
 * idle. Has no stack trace: it is made when there is more to do than can be done.
 */
public class OutOfSocketsException extends IOException {

	private static final long serialVersionUID = 1L;

	OutOfSocketsException(String message) {
		super(message);
	}

	static OutOfSocketsException ofGroup(String group, int maxConnections) {
		return new OutOfSocketsException(group + ": all connections are in use; raise support.connections.groups."
				+ group + ".max-connections, was: " + maxConnections);
	}

	static OutOfSocketsException ofProcess(String group, int maxConnections) {
		return new OutOfSocketsException(group + ": all connections of all groups are in use; raise "
				+ "support.connections.max-connections and the limit of open files above it, was: " + maxConnections);
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
