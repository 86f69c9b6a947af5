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

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The head of the index: how loaded the process is, at one glance.
 */
final class LoadSummary {

	private final HtmlWriter html;

	LoadSummary(HtmlWriter html) {
		this.html = html;
	}

	/**
	 * Writes the tiles. What the platform does not tell has none.
	 * @param process the facts of the process, as in the envelope
	 */
	void write(Map<?, ?> process) {
		this.html.open("ul", "class", "tiles", "aria-label", "Load");
		Map<?, ?> cpu = part(process, "cpu");
		Object cpus = cpu.get("cpus");
		tile("CPU, this process", "processRatio", cpu.get("processRatio"), 1, null);
		tile("CPU, host", "systemRatio", cpu.get("systemRatio"), 1, null);
		tile("Load average", "loadAverage", cpu.get("loadAverage"), cpus, suffix(" of ", "cpus", cpus));
		Map<?, ?> heap = part(process, "heap");
		tile("Heap", "usedBytes", heap.get("usedBytes"), heap.get("maxBytes"),
				suffix(" of ", "maxBytes", heap.get("maxBytes")));
		tile("Resident memory", "residentBytes", part(process, "memory").get("residentBytes"), null, null);
		tile("Threads", "live", part(process, "threads").get("live"), null,
				suffix(", peak ", "peak", part(process, "threads").get("peak")));
		Map<?, ?> files = part(process, "fileDescriptors");
		tile("File descriptors", "open", files.get("open"), files.get("max"), suffix(" of ", "max", files.get("max")));
		tile("Up", "uptimeMillis", process.get("uptimeMillis"), null, null);
		this.html.close();
	}

	private void tile(String label, String name, @Nullable Object value, @Nullable Object max,
			@Nullable String suffix) {
		if (value == null) {
			return;
		}
		Cell cell = Humanizer.cell(name, value);
		this.html.open("li").leaf("span", label, "class", "label");
		this.html.open("span", "class", "value", "title", cell.raw()).text(cell.text());
		if (suffix != null) {
			this.html.leaf("small", suffix);
		}
		this.html.close();
		if (max instanceof Number limit && value instanceof Number number && limit.doubleValue() > 0) {
			new Gauge(number.doubleValue(), limit.doubleValue()).write(this.html, label);
		}
		this.html.close();
	}

	private static @Nullable String suffix(String before, String name, @Nullable Object value) {
		return (value != null) ? before + Humanizer.cell(name, value).text() : null;
	}

	private static Map<?, ?> part(Map<?, ?> map, String name) {
		return (map.get(name) instanceof Map<?, ?> part) ? part : Map.of();
	}

}
