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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;

/**
 * The style sheets, the scripts and the icon. They are read once, when the application
 * starts; the version is a digest of all, so that a browser may keep them for ever.
 */
public final class Assets {

	static final String STYLE_SHEET = "support.css";

	static final String SCRIPT = "support.js";

	static final String ICON = "support.svg";

	static final String PROFILE_STYLE_SHEET = "profile.css";

	static final String PROFILE_SCRIPT = "profile.js";

	private final Map<String, Asset> assets = new LinkedHashMap<>();

	private final String version;

	/**
	 * Reads the assets from the class path.
	 */
	public Assets() {
		MessageDigest digest = sha256();
		add(STYLE_SHEET, "text/css;charset=UTF-8", digest);
		add(SCRIPT, "text/javascript;charset=UTF-8", digest);
		add(ICON, "image/svg+xml", digest);
		add(PROFILE_STYLE_SHEET, "text/css;charset=UTF-8", digest);
		add(PROFILE_SCRIPT, "text/javascript;charset=UTF-8", digest);
		this.version = HexFormat.of().formatHex(digest.digest(), 0, 4);
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

	private void add(String name, String type, MessageDigest digest) {
		try (InputStream in = Assets.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException("The class path lacks " + name + " beside " + Assets.class.getName()
						+ "; a repackaged jar must keep its resources");
			}
			byte[] content = in.readAllBytes();
			digest.update(content);
			this.assets.put(name, new Asset(content, MimeType.valueOf(type)));
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
