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

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import reactor.core.publisher.Mono;

import io.support.meta.MetaApplication;
import io.support.meta.Page;
import io.support.meta.Page.Outcome;
import io.support.meta.PageQuery;
import io.support.meta.ui.Assets;
import io.support.meta.ui.HtmlRenderer;
import io.support.meta.ui.ProfilePanel;
import io.support.profile.Profile;
import io.support.profile.ProfileKind;
import io.support.profile.Profiler;
import io.support.profile.ProfilerBusyException;
import io.support.profile.ProfilerSettings;

/**
 * Answers for the profiler: its page, its results and their files, and starts and stops
 * it. It answers whatever happens: an error is a page too. Thread-safe.
 */
public final class ProfileResponder {

	static final String PAGE = "profiler";

	private static final String FLAME = "flame";

	private static final MimeType TEXT = new MimeType("text", "plain", StandardCharsets.UTF_8);

	private final Profiler profiler;

	private final MetaApplication application;

	private final PageResponder pages;

	private final PageExecutor executor;

	private final PageAudit audit;

	private final Access access;

	private final Assets assets;

	private final HtmlRenderer renderer;

	/**
	 * Creates a responder.
	 * @param profiler what is shown
	 * @param application makes the pages
	 * @param pages answers when something goes wrong
	 * @param renderer writes HTML
	 * @param assets what HTML refers to
	 * @param executor where pages are made
	 * @param access what clients may do: nothing else is offered
	 * @param audit where starts and stops are recorded
	 */
	public ProfileResponder(Profiler profiler, MetaApplication application, PageResponder pages, HtmlRenderer renderer,
			Assets assets, PageExecutor executor, Access access, PageAudit audit) {
		this.profiler = profiler;
		this.application = application;
		this.pages = pages;
		this.renderer = renderer;
		this.assets = assets;
		this.executor = executor;
		this.access = access;
		this.audit = audit;
	}

	/**
	 * Answers with the state of the profiler.
	 * @param request how the client wants the page, and which part of it
	 * @return the answer, never empty and never an error
	 */
	Mono<WebEndpointResponse<Object>> index(PageRequest request) {
		return answer(List.of(PAGE), request, (query) -> {
			Map<String, @Nullable Object> state = this.profiler.snapshot();
			return write(this.application.found(PAGE, state, query), 0, request.isHtml(),
					panel(state.get("running") != null));
		});
	}

	private ProfilePanel panel(boolean running) {
		String unavailable = this.profiler.unavailable();
		if (unavailable != null) {
			return ProfilePanel.closed(unavailable, null);
		}
		if (this.access != Access.UNRESTRICTED) {
			return ProfilePanel.closed("Runs are started here by whoever may do so",
					"management.endpoint.supportprofile.access=unrestricted");
		}
		ProfilerSettings settings = this.profiler.settings();
		return ProfilePanel.recorder(settings.defaultDuration(), settings.maxDuration(), running);
	}

	/**
	 * Answers with a result.
	 * @param id what it is called
	 * @param request how the client wants the page, and which part of it
	 * @return the answer, never empty and never an error
	 */
	Mono<WebEndpointResponse<Object>> result(String id, PageRequest request) {
		boolean html = request.isHtml();
		return answer(List.of(PAGE, id), request, (query) -> {
			Profile profile = this.profiler.profile(id).orElse(null);
			if (profile == null) {
				return write(missing(id), 1, html, null);
			}
			ProfilePanel panel = ProfilePanel.flame(id, this.profiler.recording(id).isPresent());
			return write(this.application.found(PAGE + '/' + id, profile.facts(), query), 1, html, panel);
		});
	}

	/**
	 * Answers with an asset, or with a file of a result.
	 * @param id what the result is called
	 * @param name which file
	 * @return the answer, never empty and never an error
	 */
	Mono<WebEndpointResponse<Object>> file(String id, String name) {
		Assets.Asset asset = id.equals(PageResponder.ASSETS) ? this.assets.find(name) : null;
		if (asset != null) {
			return Mono.just(new WebEndpointResponse<>(asset.content(), asset.type()));
		}
		return answer(List.of(PAGE, id, name), false, () -> {
			WebEndpointResponse<Object> file = name.equals(FLAME) ? json(id, Profile::flame)
					: ProfileDownload.of(name).map((download) -> file(id, download)).orElse(null);
			return (file != null) ? file : write(missing(id + '/' + name), 2, false, null);
		});
	}

	private @Nullable WebEndpointResponse<Object> file(String id, ProfileDownload download) {
		return switch (download) {
			case COLLAPSED -> this.profiler.profile(id)
				.map((profile) -> new WebEndpointResponse<Object>(profile.collapsed().getBytes(StandardCharsets.UTF_8),
						TEXT))
				.orElse(null);
			case SPEEDSCOPE -> json(id, Profile::speedscope);
			case JFR -> this.profiler.recording(id)
				.map((recording) -> new WebEndpointResponse<Object>(recording, MimeTypeUtils.APPLICATION_OCTET_STREAM))
				.orElse(null);
		};
	}

	private @Nullable WebEndpointResponse<Object> json(String id, Function<Profile, Map<String, Object>> content) {
		return this.profiler.profile(id)
			.map((profile) -> new WebEndpointResponse<Object>(OperationResponseBody.of(content.apply(profile)),
					Representation.JSON.getProducedMimeType()))
			.orElse(null);
	}

	/**
	 * Starts or stops the profiler.
	 * @param action which of it
	 * @param kind what to look for
	 * @param seconds how long
	 * @param principal who asks for it
	 * @return the answer, never empty and never an error
	 */
	Mono<WebEndpointResponse<Object>> change(@Nullable String action, @Nullable String kind, @Nullable String seconds,
			@Nullable Principal principal) {
		return answer(List.of("change of " + PAGE), false,
				() -> write(changed(action, kind, seconds, principal), 0, false, null));
	}

	private Page changed(@Nullable String action, @Nullable String kind, @Nullable String seconds,
			@Nullable Principal principal) {
		if (ProfileRequest.START.equals(action)) {
			return started(kind, seconds, principal);
		}
		if (ProfileRequest.STOP.equals(action)) {
			return stopped(principal);
		}
		return this.application.refused(Outcome.INVALID, PAGE, ProfileRequest.unknownAction(action));
	}

	private Page started(@Nullable String kind, @Nullable String seconds, @Nullable Principal principal) {
		String unavailable = this.profiler.unavailable();
		if (unavailable != null) {
			return this.application.refused(Outcome.UNAVAILABLE, PAGE, unavailable);
		}
		try {
			ProfileRequest request = ProfileRequest.of(kind, seconds, this.profiler.settings());
			List<String> ids = this.profiler.start(request.kinds(), request.duration());
			Map<String, Object> data = new LinkedHashMap<>();
			data.put("started", ids);
			data.put("kinds", request.kinds().stream().map(ProfileKind::externalName).toList());
			data.put("seconds", request.duration().toSeconds());
			this.audit.record(principal, "SUPPORT_PROFILE_START", details(data));
			return this.application.found(PAGE, data);
		}
		catch (IllegalArgumentException ex) {
			return this.application.refused(Outcome.INVALID, PAGE, String.valueOf(ex.getMessage()));
		}
		catch (ProfilerBusyException ex) {
			return this.application.refused(Outcome.BUSY, PAGE, String.valueOf(ex.getMessage()));
		}
	}

	private Page stopped(@Nullable Principal principal) {
		List<String> ids = this.profiler.stop();
		if (ids.isEmpty()) {
			return this.application.refused(Outcome.CONFLICT, PAGE, "There is no run to stop");
		}
		Map<String, Object> data = Map.of("stopped", ids);
		this.audit.record(principal, "SUPPORT_PROFILE_STOP", details(data));
		return this.application.found(PAGE, data);
	}

	private static Map<String, Object> details(Map<String, Object> data) {
		Map<String, Object> details = new LinkedHashMap<>(Map.of("page", PAGE));
		details.putAll(data);
		return details;
	}

	private Page missing(String path) {
		return this.application.refused(Outcome.MISSING, PAGE + '/' + path,
				"There is no such result, or it is no longer kept");
	}

	private Mono<WebEndpointResponse<Object>> answer(List<String> path, PageRequest request,
			Function<PageQuery, WebEndpointResponse<Object>> content) {
		return answer(path, request.isHtml(), () -> {
			PageQuery query;
			try {
				query = request.query();
			}
			catch (IllegalArgumentException ex) {
				Page refusal = this.application.invalid(String.join("/", path), String.valueOf(ex.getMessage()));
				return write(refusal, path.size() - 1, request.isHtml(), null);
			}
			return content.apply(query);
		});
	}

	private Mono<WebEndpointResponse<Object>> answer(List<String> path, boolean html,
			Callable<WebEndpointResponse<Object>> content) {
		int depth = html ? path.size() - 1 : 0;
		return this.executor.run(String.join("/", path), content)
			.onErrorResume((ex) -> Mono.fromSupplier(() -> write(this.pages.instead(path, ex), depth, html, null)));
	}

	private WebEndpointResponse<Object> write(Page page, int depth, boolean html, @Nullable ProfilePanel panel) {
		int status = PageResponder.status(page.outcome());
		if (html) {
			return new WebEndpointResponse<>(this.renderer.render(page, depth, panel), status,
					Representation.HTML.getProducedMimeType());
		}
		return new WebEndpointResponse<>(page.envelope(), status, Representation.JSON.getProducedMimeType());
	}

}
