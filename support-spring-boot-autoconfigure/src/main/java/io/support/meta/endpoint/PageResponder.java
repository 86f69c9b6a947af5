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

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

import io.support.meta.Change;
import io.support.meta.MetaApplication;
import io.support.meta.Page;
import io.support.meta.Page.Outcome;
import io.support.meta.PageQuery;
import io.support.meta.ui.Assets;
import io.support.meta.ui.HtmlRenderer;
import io.support.meta.ui.Panel;

/**
 * Answers for a path below the endpoint: with an asset, or with a page as JSON or HTML.
 * It answers whatever happens: an error is a page too. Thread-safe.
 */
public final class PageResponder {

	static final String ASSETS = "assets";

	private static final Log logger = LogFactory.getLog(PageResponder.class);

	private final MetaApplication application;

	private final HtmlRenderer renderer;

	private final Assets assets;

	private final PageExecutor executor;

	private final PageAudit audit;

	/**
	 * Creates a responder.
	 * @param application makes the pages
	 * @param assets what HTML refers to
	 * @param executor where pages are made
	 * @param access what clients may do: HTML offers nothing else
	 * @param audit where changes are recorded
	 */
	public PageResponder(MetaApplication application, Assets assets, PageExecutor executor, Access access,
			PageAudit audit) {
		this(application, new HtmlRenderer(application.address(), assets, access), assets, executor, audit);
	}

	/**
	 * Creates a responder.
	 * @param application makes the pages
	 * @param renderer writes HTML
	 * @param assets what HTML refers to
	 * @param executor where pages are made
	 * @param audit where changes are recorded
	 */
	public PageResponder(MetaApplication application, HtmlRenderer renderer, Assets assets, PageExecutor executor,
			PageAudit audit) {
		this.application = application;
		this.renderer = renderer;
		this.audit = audit;
		this.assets = assets;
		this.executor = executor;
	}

	/**
	 * Answers a request.
	 * @param path the parts of the path below the endpoint, none for the index
	 * @param request how the client wants the page, and which part of it
	 * @return the answer, never empty and never an error
	 */
	Mono<WebEndpointResponse<Object>> respond(List<String> path, PageRequest request) {
		Assets.Asset asset = asset(path);
		if (asset != null) {
			return Mono.just(new WebEndpointResponse<>(asset.content(), asset.type()));
		}
		return respond(path, path.size(), request, (query) -> page(path, query));
	}

	/**
	 * Answers a request for an asset to an endpoint of one page.
	 * @param folder where assets are
	 * @param name the name of the file
	 * @return the asset, or that there is none
	 */
	WebEndpointResponse<Object> asset(String folder, String name) {
		List<String> path = List.of(folder, name);
		Assets.Asset asset = asset(path);
		return (asset != null) ? new WebEndpointResponse<>(asset.content(), asset.type())
				: write(this.application.missing(name(path)), 0, false);
	}

	/**
	 * Answers a request for the page of a contributor whose state is not for everybody.
	 * @param name the contributor's name
	 * @param request how the client wants the page, and which part of it
	 * @return the answer, never empty and never an error
	 */
	Mono<WebEndpointResponse<Object>> respondConfidentially(String name, PageRequest request) {
		return respond(List.of(name), 0, request, (query) -> this.application.confidentialPage(name, query));
	}

	/**
	 * Answers a request for a page that is not of a contributor.
	 * @param name what the page is called
	 * @param maker makes its state, on the thread for pages; empty for a page that is
	 * missing
	 * @param address gives the address of the page of a part, from the name of the part
	 * and relative to this one
	 * @param panel what is above the state; {@code null} for nothing
	 * @param request how the client wants the page, and which part of it
	 * @return the answer, never empty and never an error
	 */
	Mono<WebEndpointResponse<Object>> respondWith(String name, Callable<Optional<Object>> maker,
			UnaryOperator<String> address, @Nullable Panel panel, PageRequest request) {
		return respond(List.of(name), request, (query) -> this.application.page(name, maker, query),
				(page) -> this.renderer.render(page, address, panel));
	}

	/**
	 * Does something heavy for a page that is not of a contributor, and answers with
	 * JSON.
	 * @param name what the page is called
	 * @param action what can be done
	 * @param asked what is to be done
	 * @param principal who asks for it
	 * @param maker does it, on the thread for pages
	 * @return the answer, never empty and never an error
	 */
	Mono<WebEndpointResponse<Object>> changeWith(String name, PageAction action, @Nullable String asked,
			@Nullable Principal principal, Callable<Optional<Object>> maker) {
		if (!action.isMeant(asked)) {
			return Mono.fromSupplier(() -> write(this.application.invalid(name, action.unknown(asked)), 0, false));
		}
		return this.executor.run("change of " + name, () -> {
			Page page = this.application.page(name, maker, PageQuery.ALL);
			if (page.outcome() == Outcome.FOUND) {
				this.audit.record(principal, action, name);
			}
			return write(page, 0, false);
		}).onErrorResume((ex) -> Mono.fromSupplier(() -> write(instead(List.of(name), ex), 0, false)));
	}

	/**
	 * Returns the state of a contributor as it would be shown.
	 * @param name the contributor's name
	 * @return a tree; {@code null} if there is no such page
	 */
	@Nullable Object tree(String name) {
		Page page = this.application.page(name);
		return (page.outcome() == Outcome.FOUND) ? page.envelope().data() : null;
	}

	private Mono<WebEndpointResponse<Object>> respond(List<String> path, int depth, PageRequest request,
			Function<PageQuery, Page> pages) {
		return respond(path, request, pages, (page) -> this.renderer.render(page, depth));
	}

	private Mono<WebEndpointResponse<Object>> respond(List<String> path, PageRequest request,
			Function<PageQuery, Page> pages, Function<Page, String> html) {
		@Nullable Function<Page, String> document = request.isHtml() ? html : null;
		PageQuery query;
		try {
			query = request.query();
		}
		catch (IllegalArgumentException ex) {
			return Mono.fromSupplier(
					() -> write(this.application.invalid(name(path), String.valueOf(ex.getMessage())), document));
		}
		return this.executor.run(name(path), () -> write(pages.apply(query), document))
			.onErrorResume((ex) -> Mono.fromSupplier(() -> write(instead(path, ex), document)));
	}

	/**
	 * Changes something, and answers with JSON.
	 * @param path the parts of the path below the endpoint, none for all pages
	 * @param action what is to be done
	 * @param principal who asks for it
	 * @return the answer, never empty and never an error
	 */
	Mono<WebEndpointResponse<Object>> change(List<String> path, @Nullable String action,
			@Nullable Principal principal) {
		// A page that hangs does not keep anybody from resetting it.
		return this.executor
			.run("change of " + name(path), () -> write(changed(path, action, principal), path.size(), false))
			.onErrorResume((ex) -> Mono.fromSupplier(() -> write(instead(path, ex), path.size(), false)));
	}

	private Page changed(List<String> path, @Nullable String name, @Nullable Principal principal) {
		if (!PageAction.RESET.isMeant(name)) {
			return this.application.invalid(name(path), PageAction.RESET.unknown(name));
		}
		Change change = this.application.reset(name(path));
		change.changed().forEach((page) -> this.audit.record(principal, PageAction.RESET, page));
		return change.answer();
	}

	private Assets.@Nullable Asset asset(List<String> path) {
		return (path.size() == 2 && path.get(0).equals(ASSETS)) ? this.assets.find(path.get(1)) : null;
	}

	private Page page(List<String> path, PageQuery query) {
		return switch (path.size()) {
			case 0 -> this.application.page(Page.INDEX, query);
			case 1 -> this.application.page(path.get(0), query);
			case 2 -> this.application.page(path.get(0), path.get(1), query);
			default -> this.application.missing(name(path));
		};
	}

	/**
	 * Returns what is shown when an answer could not be made.
	 * @param path the parts of the path that was asked for
	 * @param ex why
	 * @return the page
	 */
	Page instead(List<String> path, Throwable ex) {
		if (ex instanceof RejectedExecutionException) {
			return this.application.unavailable(name(path),
					"Too many pages are being made, or this one too often" + " at the same time; ask again later");
		}
		if (ex instanceof TimeoutException) {
			return this.application.unavailable(name(path), "The page was not ready in time: its contributor blocks,"
					+ " or pages before it do; see the threads named support-meta-page");
		}
		logger.warn("Page '" + name(path) + "' could not be written", ex);
		return this.application.failed(name(path), ex);
	}

	private WebEndpointResponse<Object> write(Page page, int depth, boolean html) {
		return write(page, html ? (shown) -> this.renderer.render(shown, depth) : null);
	}

	private static WebEndpointResponse<Object> write(Page page, @Nullable Function<Page, String> html) {
		int status = status(page.outcome());
		if (html != null) {
			return new WebEndpointResponse<>(html.apply(page), status, Representation.HTML.getProducedMimeType());
		}
		return new WebEndpointResponse<>(page.envelope(), status, Representation.JSON.getProducedMimeType());
	}

	static int status(Outcome outcome) {
		return switch (outcome) {
			case FOUND -> WebEndpointResponse.STATUS_OK;
			case INVALID -> WebEndpointResponse.STATUS_BAD_REQUEST;
			case CONFLICT -> HttpStatus.CONFLICT.value();
			case BUSY -> HttpStatus.TOO_MANY_REQUESTS.value();
			case MISSING -> WebEndpointResponse.STATUS_NOT_FOUND;
			case FAILED -> WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR;
			case UNAVAILABLE -> WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE;
		};
	}

	private static String name(List<String> path) {
		return path.isEmpty() ? Page.INDEX : String.join("/", path);
	}

}
