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

package io.support.meta.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPattern.PathMatchInfo;
import org.springframework.web.util.pattern.PathPatternParser;

import io.support.meta.ui.Assets;

/**
 * The headers of every answer of the endpoints, of errors too: nothing from elsewhere, no
 * guessing of types, no framing, no trace of the address, and no copy in any cache but of
 * the assets, whose address changes with their content.
 */
public final class PageHeaders {

	private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; "
			+ "frame-ancestors 'none'";

	private final String path;

	private final List<String> others;

	private final List<PathPattern> pages;

	private final List<PathPattern> files;

	private final Map<PathPattern, String> downloads;

	private final Assets assets;

	private final Map<String, String> pageHeaders = headers("no-store");

	private final Map<String, String> assetHeaders = headers("private, max-age=31536000, immutable");

	/**
	 * Creates the headers.
	 * @param path the path of the index, within the management server's base path
	 * @param others the paths of endpoints whose answers are pages, too
	 * @param assets what may be cached
	 */
	public PageHeaders(String path, List<String> others, Assets assets) {
		this(path, others, Map.of(), assets);
	}

	private PageHeaders(String path, List<String> others, Map<PathPattern, String> downloads, Assets assets) {
		this.path = path;
		this.others = List.copyOf(others);
		this.pages = patterns("/**");
		this.files = patterns('/' + PageResponder.ASSETS + "/{name}");
		this.downloads = downloads;
		this.assets = assets;
	}

	private List<PathPattern> patterns(String end) {
		return Stream.concat(Stream.of(this.path), this.others.stream())
			.map((root) -> PathPatternParser.defaultInstance.parse(root + end))
			.toList();
	}

	/**
	 * Returns these headers, with those of the profiler's files, which browsers are to
	 * save.
	 * @param profilerPath the path of the profiler's endpoint, one of the others
	 * @return new headers
	 */
	public PageHeaders withDownloads(String profilerPath) {
		Map<PathPattern, String> patterns = new LinkedHashMap<>();
		ProfileDownload.paths(profilerPath)
			.forEach((path, extension) -> patterns.put(PathPatternParser.defaultInstance.parse(path), extension));
		return new PageHeaders(this.path, this.others, patterns, this.assets);
	}

	/**
	 * Returns the path of the index.
	 * @return the path
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Returns the paths of the other endpoints.
	 * @return the paths
	 */
	public List<String> others() {
		return this.others;
	}

	/**
	 * Returns the headers for a request. The path is matched as the endpoint's own is, so
	 * that no spelling of it ({@code %73upport}) gets around them.
	 * @param requestPath the path within the management server's base path
	 * @return the headers; none if the request is not for these endpoints
	 */
	Map<String, String> of(PathContainer requestPath) {
		if (this.pages.stream().noneMatch((page) -> page.matches(requestPath))) {
			return Map.of();
		}
		if (this.files.stream().anyMatch((pattern) -> isAsset(pattern.matchAndExtract(requestPath)))) {
			return this.assetHeaders;
		}
		return this.downloads.entrySet()
			.stream()
			.filter((download) -> download.getKey().matches(requestPath))
			.findFirst()
			.map((download) -> attachment(download.getKey().matchAndExtract(requestPath), download.getValue()))
			.orElse(this.pageHeaders);
	}

	private boolean isAsset(@Nullable PathMatchInfo file) {
		return file != null && this.assets.find(String.valueOf(file.getUriVariables().get("name"))) != null;
	}

	private Map<String, String> attachment(@Nullable PathMatchInfo file, String extension) {
		String id = (file != null) ? file.getUriVariables().get("id") : null;
		Map<String, String> headers = new LinkedHashMap<>(this.pageHeaders);
		headers.put("Content-Disposition", "attachment; filename=\"" + id + '.' + extension + '"');
		return headers;
	}

	/**
	 * Returns where a page is that was asked for with a slash at its end: the links of a
	 * page are relative, and would lead elsewhere from there.
	 * @param requestPath the path within the management server's base path
	 * @param query the query as it came; {@code null} for none
	 * @return a relative reference, or {@code null} if the page is where it was asked for
	 */
	@Nullable String redirection(PathContainer requestPath, @Nullable String query) {
		List<PathContainer.Element> elements = requestPath.elements();
		int end = elements.size();
		while (end > 0 && elements.get(end - 1) instanceof PathContainer.Separator) {
			end--;
		}
		int slashes = elements.size() - end;
		if (end == 0 || slashes == 0 || this.pages.stream().noneMatch((page) -> page.matches(requestPath))) {
			return null;
		}
		return "../".repeat(slashes) + elements.get(end - 1).value() + ((query != null) ? '?' + query : "");
	}

	private static Map<String, String> headers(String cacheControl) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Content-Security-Policy", POLICY);
		headers.put("X-Content-Type-Options", "nosniff");
		headers.put("X-Frame-Options", "DENY");
		headers.put("Referrer-Policy", "no-referrer");
		headers.put("Cross-Origin-Resource-Policy", "same-origin");
		headers.put("Cache-Control", cacheControl);
		return headers;
	}

}
