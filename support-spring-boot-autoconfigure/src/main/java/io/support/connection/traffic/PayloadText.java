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

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes text that may be shown of headers and bodies. A body is shown only where its
 * format is one in which the values of secrets can be found: JSON, forms, markup and
 * plain text, not encoded; of all others only the type is. Thread-safe.
 */
final class PayloadText {

	private static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization", "cookie",
			"set-cookie", "cookie2", "set-cookie2", "x-api-key", "apikey", "x-auth-token", "x-csrf-token",
			"x-xsrf-token", "x-amz-security-token", "x-forwarded-access-token");

	private static final Set<String> SECRET_KEYS = Set.of("pass", "passcode", "auth", "otp", "pin", "cvv", "cvc",
			"sessionid", "jsessionid", "session", "sid", "signature", "assertion", "jwt");

	private final SecretFilter filter;

	PayloadText(SecretFilter filter) {
		this.filter = filter;
	}

	String header(String name, String value) {
		if (SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
			return SecretFilter.MASK;
		}
		String shown = value(name, value);
		return shown.equals(SecretFilter.MASK) ? shown : new PlainTextMask(this::value).apply(shown);
	}

	String body(byte[] bytes, int length, @Nullable String contentType, @Nullable String contentEncoding) {
		if (contentEncoding != null && !contentEncoding.equalsIgnoreCase("identity")) {
			return "(not shown: encoded with " + contentEncoding + ")";
		}
		String type = type(contentType);
		if (isText(type) || (type.isEmpty() && isPrintable(bytes, length))) {
			return text(new String(bytes, 0, length, charset(contentType)), type);
		}
		return "(not shown: " + (type.isEmpty() ? "binary" : type) + ")";
	}

	private String text(String text, String type) {
		if (type.equals("application/x-www-form-urlencoded")) {
			return new FormMask(this::value).apply(text);
		}
		if (isJson(type)) {
			return new JsonMask(this::value).apply(text);
		}
		// JSON may go by any name, and what is none is left as it is.
		String shown = isMarkup(type) ? new MarkupMask(this::value).apply(text) : new JsonMask(this::value).apply(text);
		return new PlainTextMask(this::value).apply(shown);
	}

	private String value(String key, String value) {
		return SECRET_KEYS.contains(key.toLowerCase(Locale.ROOT)) ? SecretFilter.MASK : this.filter.apply(key, value);
	}

	private static String type(@Nullable String contentType) {
		if (contentType == null) {
			return "";
		}
		int end = contentType.indexOf(';');
		return ((end < 0) ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
	}

	private static Charset charset(@Nullable String contentType) {
		return (contentType != null) ? HttpUtil.getCharset(contentType, StandardCharsets.UTF_8)
				: StandardCharsets.UTF_8;
	}

	private static boolean isText(String type) {
		return type.startsWith("text/") || isJson(type) || isMarkup(type)
				|| type.equals("application/x-www-form-urlencoded");
	}

	private static boolean isJson(String type) {
		return type.endsWith("/json") || type.endsWith("+json") || type.endsWith("/x-ndjson")
				|| type.endsWith("/ndjson");
	}

	private static boolean isMarkup(String type) {
		return type.endsWith("/xml") || type.endsWith("+xml") || type.endsWith("/html");
	}

	private static boolean isPrintable(byte[] bytes, int length) {
		for (int i = 0; i < length; i++) {
			int b = bytes[i];
			boolean control = (b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n') || b == 127;
			if (control) {
				return false;
			}
		}
		return true;
	}

}
