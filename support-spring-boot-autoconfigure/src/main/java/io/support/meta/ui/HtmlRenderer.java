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

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.web.util.UriUtils;

import io.support.meta.Envelope;
import io.support.meta.Instance;
import io.support.meta.Page;
import io.support.meta.Page.Outcome;
import io.support.meta.PageQuery;

/**
 * Writes a page as an HTML document. All links are relative, so that the pages work
 * behind any prefix. Thread-safe.
 */
public final class HtmlRenderer {

	private static final String[][] REFRESH = { { "0", "off" }, { "1", "1 s" }, { "2", "2 s" }, { "5", "5 s" },
			{ "30", "30 s" } };

	/** What a page says of endpoints that are elsewhere. */
	private static final String ENDPOINTS = "endpoints";

	private final String index;

	private final String root;

	private final String own;

	private final List<PageLink> links;

	private final Assets assets;

	private final Access access;

	/**
	 * Creates a renderer.
	 * @param index the path of the index
	 * @param assets what the pages refer to
	 * @param access what clients may do: nothing else is offered
	 */
	public HtmlRenderer(String index, Assets assets, Access access) {
		this(index, lastPart(index), List.of(), assets, access);
	}

	/**
	 * Creates a renderer for one of several endpoints.
	 * @param index the path of the index, the same as {@code own} if there is no index
	 * @param own the last part of the path of the endpoint that answers
	 * @param links the other endpoints whose pages are in the navigation
	 * @param assets what the pages refer to
	 * @param access what clients may do: nothing else is offered
	 */
	public HtmlRenderer(String index, String own, List<PageLink> links, Assets assets, Access access) {
		this.index = index;
		this.root = lastPart(index);
		this.own = own;
		this.links = List.copyOf(links);
		this.assets = assets;
		this.access = access;
	}

	private static String lastPart(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	/**
	 * Writes a page whose parts are elsewhere than below it.
	 * @param page the page
	 * @param address gives the address of the page of a part, {@code null} if it has none
	 * @param panel what is above the state; {@code null} for nothing
	 * @return the document
	 */
	public String render(Page page, Function<String, @Nullable String> address, @Nullable Panel panel) {
		return document(page, 0, panel, address);
	}

	/**
	 * Writes a page.
	 * @param page the page
	 * @param depth how many parts the address has below the index's
	 * @return the document
	 */
	public String render(Page page, int depth) {
		return render(page, depth, null);
	}

	/**
	 * Writes a page.
	 * @param page the page
	 * @param depth how many parts the address has below that of the endpoint
	 * @param panel what is above the state; {@code null} for nothing
	 * @return the document
	 */
	public String render(Page page, int depth, @Nullable Panel panel) {
		String up = "../".repeat(depth);
		String details = (this.own.equals(this.root) && !isAlone())
				? up + this.root + '/' + page.envelope().page() + '/' : up + this.own + '/';
		return document(page, depth, panel, new PartAddress(details));
	}

	private String document(Page page, int depth, @Nullable Panel panel, Function<String, @Nullable String> address) {
		String up = "../".repeat(depth);
		String base = up + this.root;
		String home = up + this.own;
		Envelope envelope = page.envelope();
		HtmlWriter html = new HtmlWriter();
		html.open("html", "lang", "en");
		head(html, home, envelope, panel != null && panel.hasElements());
		html.open("body");
		html.leaf("a", "Skip to the content", "href", "#content", "class", "skip");
		banner(html, base, envelope);
		navigation(html, base, up, page);
		html.open("main", "id", "content", "tabindex", "-1");
		title(html, page);
		if (panel != null) {
			panel.write(html, home);
		}
		if (page.outcome() == Outcome.FOUND) {
			boolean first = !envelope.page().equals(Page.INDEX);
			if (first) {
				endpoints(html, depth, envelope);
			}
			new TreeView(html, address).write(withoutRoutes(envelope));
			if (!first) {
				// Nothing is above the warnings.
				endpoints(html, depth, envelope);
			}
		}
		else {
			error(html, base, page);
		}
		html.close();
		footer(html);
		return html.close().close().document();
	}

	private void head(HtmlWriter html, String base, Envelope envelope, boolean elements) {
		html.open("head").empty("meta", "charset", "utf-8");
		html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
		html.empty("meta", "name", "color-scheme", "content", "light dark");
		html.leaf("title", envelope.page() + " \u00B7 " + envelope.instance().app());
		Assets.STYLE_SHEETS.forEach((sheet) -> html.empty("link", "rel", "stylesheet", "href", asset(base, sheet)));
		html.empty("link", "rel", "icon", "type", "image/svg+xml", "href", asset(base, Assets.ICON));
		// Modules are run when the document is there.
		html.open("script", "src", asset(base, Assets.SCRIPT), "type", "module").close();
		if (elements) {
			html.empty("link", "rel", "stylesheet", "href", asset(base, Assets.PROFILE_STYLE_SHEET));
			html.open("script", "src", asset(base, Assets.PROFILE_SCRIPT), "type", "module").close();
		}
		html.close();
	}

	private String asset(String base, String name) {
		return base + "/assets/" + name + "?v=" + this.assets.version();
	}

	private void banner(HtmlWriter html, String base, Envelope envelope) {
		Instance instance = envelope.instance();
		// Another process has another one: the script tells of it.
		html.open("header", "id", "banner", "data-instance", instance.pid() + " " + instance.startedAt());
		html.open("a", "href", base, "class", "app").text(instance.app()).close();
		html.open("p", "class", "instance").leaf("span", instance.host()).leaf("span", "pid " + instance.pid());
		html.open("span").text("since ");
		html.leaf("time", Humanizer.cell("startedAt", instance.startedAt(), null).text(), "datetime",
				instance.startedAt());
		html.close().close();
		html.open("form", "class", "refresh", "hidden", "").open("label").text("Refresh ");
		html.open("select", "id", "refresh");
		for (String[] choice : REFRESH) {
			html.leaf("option", choice[1], "value", choice[0]);
		}
		html.close().close().open("output", "id", "status", "aria-live", "polite").close().close();
		html.open("output", "id", "restart", "aria-live", "polite").close().close();
	}

	private void navigation(HtmlWriter html, String base, String up, Page page) {
		Map<String, String> addresses = new LinkedHashMap<>();
		if (!isAlone()) {
			addresses.put(Page.INDEX, base);
			page.pages().forEach((name) -> addresses.put(name, base + '/' + name));
		}
		this.links.forEach((other) -> addresses.put(other.page(), up + other.path()));
		new Navigation(addresses).write(html, page.envelope().page());
	}

	/*
	 * Whether there is no index, because its endpoint is not there.
	 */
	private boolean isAlone() {
		return this.links.stream().anyMatch((other) -> other.path().equals(this.root));
	}

	private void title(HtmlWriter html, Page page) {
		Envelope envelope = page.envelope();
		html.open("div", "class", "title").leaf("h1", envelope.page());
		html.open("p").text("at ");
		html.leaf("time", Humanizer.cell("at", envelope.at(), null).text(), "datetime", envelope.at()).close();
		if (page.resettable() && this.access == Access.UNRESTRICTED) {
			// Shown by the script, without which it does nothing.
			html.leaf("button", "Reset", "type", "button", "data-action", "reset", "hidden", "");
			html.open("output", "aria-live", "polite").close();
		}
		html.leaf("a", "JSON", "href", json(page.query()), "class", "json").close();
		if (!page.query().isAll()) {
			html.open("p", "class", "note").text("Shown: " + page.query().describe() + ". ");
			html.leaf("a", "Show all", "href", "?").close();
		}
		if (envelope.truncated()) {
			html.leaf("p", (page.query().limit() != null) ? "There is more than was asked for."
					: "The state is too large for one page: some of it was left out.", "class", "note");
		}
	}

	private static String json(PageQuery query) {
		StringBuilder reference = new StringBuilder("?format=json");
		query.parameters()
			.forEach((name, value) -> reference.append('&')
				.append(name)
				.append('=')
				.append(UriUtils.encode(value, StandardCharsets.UTF_8)));
		return reference.toString();
	}

	private void error(HtmlWriter html, String base, Page page) {
		Map<?, ?> error = (page.envelope().data() instanceof Map<?, ?> data
				&& data.get("error") instanceof Map<?, ?> map) ? map : Map.of();
		html.open("section", "class", "card error", "role", "alert");
		html.leaf("h2", heading(page.outcome()));
		if (error.get("type") instanceof String type) {
			html.open("p").leaf("code", type).close();
		}
		if (error.get("message") instanceof String message) {
			html.leaf("p", message);
		}
		if (page.outcome() == Outcome.MISSING && !isAlone()) {
			html.open("ul", "class", "plain");
			page.pages().forEach((name) -> Navigation.link(html, base + '/' + name, name, false));
			html.close();
		}
		html.close();
	}

	private void endpoints(HtmlWriter html, int depth, Envelope envelope) {
		Map<String, String> others = new LinkedHashMap<>();
		if (envelope.data() instanceof Map<?, ?> data && data.get(ENDPOINTS) instanceof List<?> endpoints) {
			for (Object endpoint : endpoints) {
				if (endpoint instanceof Map<?, ?> one && one.get("endpoint") instanceof String id
						&& one.get("path") instanceof String path && !isInNavigation(path)) {
					others.put(id, RelativeAddress.of(this.index, depth, path));
				}
			}
		}
		if (!others.isEmpty()) {
			html.open("p", "class", "endpoints").text("Endpoints: ");
			others.forEach((id, href) -> html.leaf("a", id, "href", href).text(" "));
			html.close();
		}
	}

	private boolean isInNavigation(String path) {
		return this.links.stream().anyMatch((link) -> path.endsWith('/' + link.path()));
	}

	/* On a page they are the navigation. */
	private static @Nullable Object withoutRoutes(Envelope envelope) {
		if (!(envelope.data() instanceof Map<?, ?> data)) {
			return envelope.data();
		}
		Map<Object, @Nullable Object> shown = new LinkedHashMap<>(data);
		if (envelope.page().equals(Page.INDEX)) {
			shown.remove("routes");
		}
		if (shown.get(ENDPOINTS) instanceof List<?> endpoints
				&& endpoints.stream().allMatch((one) -> one instanceof Map<?, ?> map && map.containsKey("path"))) {
			shown.remove(ENDPOINTS);
		}
		return shown;
	}

	private static String heading(Outcome outcome) {
		return switch (outcome) {
			case MISSING -> "Not found";
			case UNAVAILABLE, BUSY -> "Not now";
			case INVALID -> "Not understood";
			default -> "This page's contributor failed";
		};
	}

	private void footer(HtmlWriter html) {
		html.open("footer").open("p").text("The same as JSON, from anything but a browser: ");
		html.leaf("code", "curl", "id", "curl").close().close();
	}

}
