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

package io.support.meta.ui;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Writes well-formed HTML. Names of elements and attributes are this package's own; every
 * text and every value is escaped, and characters that could disguise the text (control
 * characters, changes of direction, what has no width) are replaced. For one page and one
 * thread.
 */
final class HtmlWriter {

	private static final Pattern PART_END = Pattern.compile("(?<=[\\w)][.:=/$])(?=\\w)|(?<=[a-z])(?=[A-Z])");

	private final StringBuilder out = new StringBuilder(16 * 1024);

	private final Deque<String> open = new ArrayDeque<>();

	/**
	 * Opens an element.
	 * @param element the name of the element
	 * @param attributes names and values in turn; an attribute without value
	 * ({@code null}) is left out
	 * @return this writer
	 */
	HtmlWriter open(String element, @Nullable String... attributes) {
		start(element, attributes);
		this.open.push(element);
		return this;
	}

	/**
	 * Writes an element that has no content.
	 * @param element the name of the element
	 * @param attributes names and values in turn
	 * @return this writer
	 */
	HtmlWriter empty(String element, @Nullable String... attributes) {
		start(element, attributes);
		return this;
	}

	/**
	 * Writes an element that holds nothing but text.
	 * @param element the name of the element
	 * @param text the text
	 * @param attributes names and values in turn
	 * @return this writer
	 */
	HtmlWriter leaf(String element, String text, @Nullable String... attributes) {
		return open(element, attributes).text(text).close();
	}

	HtmlWriter text(String text) {
		escape(text);
		return this;
	}

	/**
	 * Writes a long text, such as the name of a class or a meter, that may be broken
	 * between its words.
	 * @param text the text
	 * @return this writer
	 */
	HtmlWriter breakable(String text) {
		String[] parts = PART_END.split(text, -1);
		escape(parts[0]);
		for (int i = 1; i < parts.length; i++) {
			this.out.append("<wbr>");
			escape(parts[i]);
		}
		return this;
	}

	/**
	 * Closes the element that was opened last.
	 * @return this writer
	 */
	HtmlWriter close() {
		this.out.append("</").append(this.open.pop()).append('>');
		return this;
	}

	/**
	 * Returns the page.
	 * @return the document with its type
	 * @throws IllegalStateException if an element is still open
	 */
	String document() {
		if (!this.open.isEmpty()) {
			throw new IllegalStateException("Elements are still open: " + this.open);
		}
		return "<!DOCTYPE html>\n" + this.out + '\n';
	}

	private void start(String element, @Nullable String... attributes) {
		this.out.append('<').append(element);
		for (int i = 0; i < attributes.length; i += 2) {
			String value = attributes[i + 1];
			if (value != null) {
				this.out.append(' ').append(attributes[i]).append("=\"");
				escape(value);
				this.out.append('"');
			}
		}
		this.out.append('>');
	}

	private void escape(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '&' -> this.out.append("&amp;");
				case '<' -> this.out.append("&lt;");
				case '>' -> this.out.append("&gt;");
				case '"' -> this.out.append("&quot;");
				case '\'' -> this.out.append("&#39;");
				case '\n', '\t' -> this.out.append(c);
				default -> this.out.append(isDisguise(c) ? '\uFFFD' : c);
			}
		}
	}

	private static boolean isDisguise(char c) {
		return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
	}

}
