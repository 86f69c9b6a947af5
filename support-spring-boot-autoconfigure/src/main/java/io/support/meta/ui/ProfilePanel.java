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

import java.time.Duration;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * What stands above the state on the profiler's pages: what starts and stops it, or the
 * flame graph of a result with the files it can be had as. Both are elements of the
 * profiler's script; without it they say what to do, and the tables below are complete.
 */
public final class ProfilePanel extends Panel {

	/** Name, ending of the address, and what reads it. */
	private static final String[][] FILES = { { "Collapsed stacks", "collapsed" }, { "speedscope", "speedscope" },
			{ "JFR", "jfr" } };

	private final BiConsumer<HtmlWriter, String> content;

	private ProfilePanel(BiConsumer<HtmlWriter, String> content) {
		this.content = content;
	}

	/**
	 * Makes what starts and stops the profiler.
	 * @param seconds how long a run takes unless somebody says otherwise
	 * @param max how long it may take
	 * @param running whether a run is on
	 * @return the panel
	 */
	public static ProfilePanel recorder(Duration seconds, Duration max, boolean running) {
		return new ProfilePanel((html, home) -> {
			html.open("support-profiler", "src", home, "seconds", String.valueOf(seconds.toSeconds()), "max",
					String.valueOf(max.toSeconds()), "running", String.valueOf(running));
			html.text("To start a run without script, send it: ");
			html.leaf("code", "{\"action\": \"start\", \"kind\": \"cpu\", \"seconds\": " + seconds.toSeconds() + "}");
			html.close();
		});
	}

	/**
	 * Says why nobody can start the profiler here.
	 * @param reason the reason
	 * @param remedy what to set; {@code null} if nothing helps
	 * @return the panel
	 */
	public static ProfilePanel closed(String reason, @Nullable String remedy) {
		return new ProfilePanel((html, home) -> {
			html.text(reason);
			if (remedy != null) {
				html.text(": ").leaf("code", remedy);
			}
		});
	}

	/**
	 * Makes the flame graph of a result, and links to its files.
	 * @param id what the result is called
	 * @param recording whether the recording itself can be had
	 * @return the panel
	 */
	public static ProfilePanel flame(String id, boolean recording) {
		return new ProfilePanel((html, home) -> {
			String base = home + '/' + id + '/';
			html.leaf("h2", "Flame graph");
			html.leaf("support-flame", "The flame graph needs script; the tables below do not.", "src", base + "flame",
					"name", id);
			html.open("p", "class", "downloads").text("Download: ");
			for (String[] file : FILES) {
				if (recording || !file[1].equals("jfr")) {
					html.leaf("a", file[0], "href", base + file[1], "download", "").text(" ");
				}
			}
			html.close();
		});
	}

	@Override
	boolean hasElements() {
		return true;
	}

	@Override
	void write(HtmlWriter html, String home) {
		html.open("section", "class", "card profile");
		this.content.accept(html, home);
		html.close();
	}

}
