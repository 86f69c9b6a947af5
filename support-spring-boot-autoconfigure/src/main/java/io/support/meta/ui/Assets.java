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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;

/**
 * The style sheets, the scripts with their modules, and the icon. They are read once,
 * when the application starts; the version is a digest of all and a part of their
 * addresses, so that a browser may keep them for ever.
 */
public final class Assets {

	/** What a page is laid out by, and what its content looks like. */
	static final List<String> STYLE_SHEETS = List.of("support.css", "content.css", "charts.css");

	static final String SCRIPT = "support.js";

	static final String ICON = "support.svg";

	static final String PROFILE_STYLE_SHEET = "profile.css";

	static final String PROFILE_SCRIPT = "profile.js";

	/** The scripts, and what they import by relative addresses. */
	private static final List<String> SCRIPTS = List.of(SCRIPT, "merge.js", "tables.js", PROFILE_SCRIPT, "element.js",
			"recorder.js", "tree.js", "flame.js");

	private static final Pattern IMPORT = Pattern.compile("(from \"\\./[a-z]+\\.js)(\")");

	private static final String CSS = "text/css;charset=UTF-8";

	private static final String JAVASCRIPT = "text/javascript;charset=UTF-8";

	private final Map<String, Asset> assets = new LinkedHashMap<>();

	private final String version;

	/**
	 * Reads the assets from the class path.
	 */
	public Assets() {
		STYLE_SHEETS.forEach((sheet) -> add(sheet, CSS));
		SCRIPTS.forEach((script) -> add(script, JAVASCRIPT));
		add(ICON, "image/svg+xml");
		add(PROFILE_STYLE_SHEET, CSS);
		MessageDigest digest = sha256();
		this.assets.values().forEach((asset) -> digest.update(asset.content()));
		this.version = HexFormat.of().formatHex(digest.digest(), 0, 4);
		SCRIPTS.forEach((name) -> this.assets.computeIfPresent(name, (key, script) -> withVersion(script)));
	}

	/*
	 * What a script imports has to change its address as well.
	 */
	private Asset withVersion(Asset script) {
		String text = new String(script.content(), StandardCharsets.UTF_8);
		String versioned = IMPORT.matcher(text).replaceAll("$1?v=" + this.version + "$2");
		return new Asset(versioned.getBytes(StandardCharsets.UTF_8), script.type());
	}

	/**
	 * Returns an asset.
	 * @param name the name of the file
	 * @return the asset, or {@code null} if there is none of that name
	 */
	public @Nullable Asset find(String name) {
		return this.assets.get(name);
	}

	String version() {
		return this.version;
	}

	private void add(String name, String type) {
		try (InputStream in = Assets.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException("The class path lacks " + name + " beside " + Assets.class.getName()
						+ "; a repackaged jar must keep its resources");
			}
			this.assets.put(name, new Asset(in.readAllBytes(), MimeType.valueOf(type)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * One file. Its content is no {@code Resource}: WebFlux would read it on the bounded
	 * elastic scheduler.
	 */
	public static final class Asset {

		private final byte[] content;

		private final MimeType type;

		Asset(byte[] content, MimeType type) {
			this.content = content;
			this.type = type;
		}

		/**
		 * Returns the content.
		 * @return the bytes; not to be changed
		 */
		public byte[] content() {
			return this.content;
		}

		/**
		 * Returns the media type.
		 * @return the type
		 */
		public MimeType type() {
			return this.type;
		}

	}

}
