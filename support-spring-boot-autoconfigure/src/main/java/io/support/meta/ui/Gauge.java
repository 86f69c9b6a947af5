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
import org.springframework.util.StringUtils;

/**
 * An amount and its limit, found side by side in one record: {@code queueDepth} with
 * {@code queueCapacity}, {@code usedBytes} with {@code maxBytes}, {@code connections}
 * with {@code maxConnections}; a ratio has its limit in itself.
 *
 * @param value the amount
 * @param max the limit
 * @param limit the name of the limit, empty where it has none of its own
 */
record Gauge(double value, double max, String limit) {

	/** Limits that only their meaning tells. */
	private static final Map<String, List<String>> LIMITS = Map.of("used", List.of("max"), "open", List.of("max"),
			"usedBytes", List.of("maxBytes"), "residentBytes", List.of("memoryLimitBytes"), "loadAverage",
			List.of("cpus"), "active", List.of("maxActive", "threads"));

	static @Nullable Gauge of(String name, @Nullable Object value, Map<?, ?> record) {
		if (!(value instanceof Number number)) {
			return null;
		}
		if (name.endsWith("Ratio")) {
			return new Gauge(number.doubleValue(), 1, "");
		}
		for (String limit : limits(name)) {
			if (record.get(limit) instanceof Number max && max.doubleValue() > 0) {
				return new Gauge(number.doubleValue(), max.doubleValue(), limit);
			}
		}
		return null;
	}

	private static List<String> limits(String name) {
		if (name.endsWith("Depth")) {
			return List.of(name.substring(0, name.length() - "Depth".length()) + "Capacity");
		}
		List<String> known = LIMITS.get(name);
		return (known != null) ? known : List.of("max" + StringUtils.capitalize(name));
	}

	/**
	 * Whether the limit is nothing but a limit, and said together with the amount.
	 * @return not for the processors, say, that limit the load average
	 */
	boolean saysLimit() {
		return this.limit.startsWith("max") || this.limit.endsWith("Capacity") || this.limit.contains("Limit");
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
