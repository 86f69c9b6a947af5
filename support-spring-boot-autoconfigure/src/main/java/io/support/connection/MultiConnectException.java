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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * No address of a group could serve a request. Knows why, address by address; the last
 * failure is also the {@linkplain #getCause() cause}, and the others are
 * {@linkplain #getSuppressed() suppressed}.
 */
public class MultiConnectException extends IOException {

	private static final long serialVersionUID = 1L;

	private final transient Map<Address, Throwable> causes;

	private MultiConnectException(String message, @Nullable Throwable cause) {
		super(message, cause);
		this.causes = Map.of();
	}

	MultiConnectException(String group, Map<Address, Throwable> causes, int untried) {
		super(message(group, causes, untried), last(causes));
		this.causes = Collections.unmodifiableMap(new LinkedHashMap<>(causes));
		causes.values().stream().filter((cause) -> cause != getCause()).forEach(this::addSuppressed);
	}

	static MultiConnectException ofNone(String group, @Nullable Throwable failure) {
		return new MultiConnectException(
				group + ": no address is known" + ((failure != null) ? ": " + failure.getMessage() : ""), failure);
	}

	/**
	 * Returns why each address could not serve the request.
	 * @return the addresses in the order in which they were considered, each with its
	 * failure: a {@link MarkedDownException} if it was not tried; empty where no address
	 * is known
	 */
	public Map<Address, Throwable> causes() {
		return this.causes;
	}

	private static String message(String group, Map<Address, Throwable> causes, int untried) {
		String failures = causes.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " (" + entry.getValue() + ")")
			.collect(Collectors.joining(", "));
		return group + ": no address could serve the request: " + failures + ((untried > 0)
				? "; " + untried + " more not tried, see support.connections.groups." + group + ".max-connect-retries"
				: "");
	}

	private static Throwable last(Map<Address, Throwable> causes) {
		return causes.values().stream().reduce((first, second) -> second).orElseThrow();
	}

}
