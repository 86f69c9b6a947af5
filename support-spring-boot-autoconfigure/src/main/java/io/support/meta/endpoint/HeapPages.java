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
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import reactor.core.publisher.Mono;

import io.support.heap.ClassHistograms;
import io.support.meta.ui.ActionPanel;
import io.support.meta.ui.Panel;

/**
 * The pages of the class histogram, for either kind of server. They are made where all
 * pages are; a histogram that takes longer than a page may is there for the next request.
 */
public final class HeapPages {

	static final String PAGE = "heap";

	private final PageResponder responder;

	private final ClassHistograms histograms;

	private final @Nullable Panel panel;

	/**
	 * Creates the pages.
	 * @param responder what answers
	 * @param histograms takes the histograms
	 * @param access what clients may do: nothing else is offered
	 */
	public HeapPages(PageResponder responder, ClassHistograms histograms, Access access) {
		this.responder = responder;
		this.histograms = histograms;
		this.panel = (access == Access.UNRESTRICTED)
				? new ActionPanel(PageAction.COLLECT.externalName(), "Collect garbage and count") : null;
	}

	WebEndpointResponse<Object> asset(String folder, String name) {
		return this.responder.asset(folder, name);
	}

	Mono<WebEndpointResponse<Object>> histogram(PageRequest request) {
		return this.responder.respondWith(PAGE, () -> Optional.of(this.histograms.recent()), (name) -> "", this.panel,
				request);
	}

	Mono<WebEndpointResponse<Object>> change(@Nullable String action, @Nullable Principal principal) {
		return this.responder.changeWith(PAGE, PageAction.COLLECT, action, principal,
				() -> Optional.of(this.histograms.live()));
	}

}
