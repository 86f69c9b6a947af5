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

package io.support.context;

/**
 * What a request is called where it is told of: its method and path. What follows the
 * path may be secret, and what cannot be printed does not belong into a log.
 */
public final class RequestLine {

	private static final int MAX_LENGTH = 200;

	private RequestLine() {
	}

	/**
	 * Describes a request.
	 * @param method its method
	 * @param target what was asked for, as it came from the client
	 * @return such as {@code GET /orders}, 200 characters of the path at the most
	 */
	public static String of(String method, String target) {
		StringBuilder line = new StringBuilder(method).append(' ');
		for (int i = 0; i < Math.min(target.length(), MAX_LENGTH); i++) {
			char character = target.charAt(i);
			if (character == '?' || character == '#' || character == ';') {
				break;
			}
			line.append((character > ' ' && character < 127) ? character : '_');
		}
		return line.toString();
	}

}
