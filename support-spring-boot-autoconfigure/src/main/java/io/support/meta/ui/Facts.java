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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The scalars of one record, each with its name above it. An amount and its limit are one
 * fact, with a meter below.
 */
final class Facts {

	/** Texts longer than this need the room of two facts. */
	private static final int LONG = 16;

	/** Texts longer than this need a line of their own. */
	static final int VERY_LONG = 40;

	private final String parent;

	private final Map<String, @Nullable Object> scalars;

	private final @Nullable String unit;

	private final Map<String, Gauge> gauges = new LinkedHashMap<>();

	/**
	 * Takes the facts of a record.
	 * @param parent the name of the record
	 * @param scalars what it holds
	 * @param unit the unit of its numbers that say none themselves
	 */
	Facts(String parent, Map<String, @Nullable Object> scalars, @Nullable String unit) {
		this.parent = parent;
		this.scalars = scalars;
		this.unit = unit;
		scalars.forEach((name, value) -> {
			Gauge gauge = Gauge.of(name, value, scalars);
			if (gauge != null) {
				this.gauges.put(name, gauge);
			}
		});
	}

	void write(HtmlWriter html) {
		Set<String> said = this.gauges.values()
			.stream()
			.filter(Gauge::saysLimit)
			.map(Gauge::limit)
			.collect(Collectors.toSet());
		html.open("dl", "class", "facts");
		this.scalars.forEach((name, value) -> {
			if (!said.contains(name)) {
				fact(html, name, value);
			}
		});
		html.close();
	}

	private void fact(HtmlWriter html, String name, @Nullable Object value) {
		Cell cell = cell(name, value);
		html.open("div", "class", (cell.style() + ' ' + width(cell.text().length())).strip());
		html.leaf("dt", Humanizer.label(name), "title", name);
		html.open("dd", "title", cell.raw());
		cell.write(html);
		Gauge gauge = this.gauges.get(name);
		if (gauge != null && gauge.saysLimit()) {
			html.text(" ").leaf("small", "of " + cell(gauge.limit(), this.scalars.get(gauge.limit())).text());
		}
		if (gauge != null) {
			gauge.write(html, Humanizer.label(name));
		}
		html.close().close();
	}

	private Cell cell(String name, @Nullable Object value) {
		return Humanizer.cell(this.parent + '.' + name, value, this.unit);
	}

	private static String width(int length) {
		return (length > VERY_LONG) ? "full" : (length > LONG) ? "long" : "";
	}

}
