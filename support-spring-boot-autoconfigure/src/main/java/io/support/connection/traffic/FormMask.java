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

package io.support.connection.traffic;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * Hides the values of secret fields in a form that is encoded as in a query.
 */
final class FormMask {

	private final SecretFilter filter;

	FormMask(SecretFilter filter) {
		this.filter = filter;
	}

	String apply(String text) {
		StringJoiner shown = new StringJoiner("&");
		for (String field : text.split("&", -1)) {
			int equals = field.indexOf('=');
			if (equals < 0) {
				shown.add(field);
				continue;
			}
			String value = field.substring(equals + 1);
			shown.add(field.substring(0, equals + 1) + this.filter.apply(decode(field.substring(0, equals)), value));
		}
		return shown.toString();
	}

	private static String decode(String key) {
		try {
			return URLDecoder.decode(key, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return key;
		}
	}

}
