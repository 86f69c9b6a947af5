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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides the content of secret elements and the values of secret attributes in XML and
 * HTML. In {@code <input name="password" value="...">} the value is that of the name.
 */
final class MarkupMask {

	private static final String CONTENT = "content";

	private static final Pattern TAG = Pattern.compile("<([A-Za-z_][\\w:.-]{0,100})([^>]*+)(>|$)");

	private static final Pattern ATTRIBUTE = Pattern
		.compile("([A-Za-z_][\\w:.-]{0,100})(\\s{0,4}=\\s{0,4})(\"[^\"]*+\"?|'[^']*+'?|[^\\s\"'>]++)");

	private final SecretFilter filter;

	MarkupMask(SecretFilter filter) {
		this.filter = filter;
	}

	String apply(String text) {
		StringBuilder shown = new StringBuilder(text.length());
		Matcher tag = TAG.matcher(text);
		int from = 0;
		while (tag.find(from)) {
			shown.append(text, from, tag.start(2));
			shown.append(attributes(tag.group(2))).append(tag.group(3));
			from = tag.end();
			if (hasContent(text, tag) && isSecret(localName(tag.group(1)), CONTENT)) {
				shown.append(SecretFilter.MASK);
				from = endOfElement(text, tag);
			}
		}
		return shown.append(text, from, text.length()).toString();
	}

	private static boolean hasContent(String text, Matcher tag) {
		return !tag.group(2).endsWith("/") && tag.end() < text.length() && !text.startsWith("</", tag.end());
	}

	private static int endOfElement(String text, Matcher tag) {
		int end = text.indexOf("</" + tag.group(1), tag.end());
		return (end >= 0) ? end : text.length();
	}

	private String attributes(String attributes) {
		String named = "";
		Matcher names = ATTRIBUTE.matcher(attributes);
		while (names.find()) {
			if (names.group(1).equalsIgnoreCase("name") || names.group(1).equalsIgnoreCase("key")) {
				named = bare(names.group(3));
			}
		}
		String owner = named;
		return ATTRIBUTE.matcher(attributes).replaceAll((attribute) -> {
			String key = attribute.group(1).equalsIgnoreCase("value") ? owner : localName(attribute.group(1));
			String value = attribute.group(3);
			String shown = isSecret(key, bare(value)) ? '"' + SecretFilter.MASK + '"' : value;
			return Matcher.quoteReplacement(attribute.group(1) + attribute.group(2) + shown);
		});
	}

	private boolean isSecret(String key, String value) {
		return !value.isEmpty() && !this.filter.apply(key, value).equals(value);
	}

	private static String localName(String name) {
		return name.substring(name.indexOf(':') + 1);
	}

	private static String bare(String value) {
		String bare = value;
		if (!bare.isEmpty() && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')) {
			char quote = bare.charAt(0);
			bare = bare.substring(1);
			if (!bare.isEmpty() && bare.charAt(bare.length() - 1) == quote) {
				bare = bare.substring(0, bare.length() - 1);
			}
		}
		return bare;
	}

}
