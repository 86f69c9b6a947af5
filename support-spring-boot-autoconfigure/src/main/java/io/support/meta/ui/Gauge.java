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

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An amount and its limit, found side by side in one record: {@code queueDepth} with
 * {@code queueCapacity}, {@code usedBytes} with {@code maxBytes}, {@code connections}
 * with {@code maxConnections}; a ratio has its limit in itself.
 *
 * @param value the amount
 * @param max the limit
 */
record Gauge(double value, double max) {

	private static final List<String> AMOUNTS = List.of("depth", "used", "open", "live", "active", "inUse");

	static @Nullable Gauge of(String name, @Nullable Object value, Map<?, ?> record) {
		if (!(value instanceof Number number)) {
			return null;
		}
		if (name.endsWith("Ratio")) {
			return new Gauge(number.doubleValue(), 1);
		}
		for (String limit : limits(name)) {
			if (record.get(limit) instanceof Number max && max.doubleValue() > 0) {
				return new Gauge(number.doubleValue(), max.doubleValue());
			}
		}
		return null;
	}

	private static List<String> limits(String name) {
		String capitalized = Character.toUpperCase(name.charAt(0)) + name.substring(1);
		if (name.endsWith("Depth")) {
			String bare = name.substring(0, name.length() - "Depth".length());
			return List.of(bare + "Capacity", "max" + capitalized);
		}
		for (String amount : AMOUNTS) {
			if (name.equals(amount)) {
				return List.of("max", "capacity", "limit", "max" + capitalized);
			}
			if (name.startsWith(amount) && name.endsWith("Bytes")) {
				return List.of("max" + name.substring(amount.length()));
			}
		}
		return List.of("max" + capitalized);
	}

	void write(HtmlWriter html, String label) {
		// Below 70 % is fine, above 90 % is not.
		html.open("meter", "min", "0", "max", number(this.max), "low", number(this.max * 0.7), "high",
				number(this.max * 0.9), "optimum", "0", "value", number(Math.min(this.value, this.max)), "aria-label",
				label);
		html.close();
	}

	private static String number(double value) {
		return Double.toString(value);
	}

}
