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

package io.support.meta;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.support.concurrent.OneAtATime;
import io.support.context.ContextReset;
import io.support.context.EndpointPaths;
import io.support.context.SupportContext;
import io.support.meta.Page.Outcome;

/**
 * The pages that show all of it, to a developer who is not allowed to log in: an index
 * with the process and its load, and below it one page for each
 * {@link io.support.context.ContextContributor}, but for those that are
 * {@linkplain io.support.context.Confidential confidential}.
 * <p>
 * Thread-safe. Reading a page runs the contributor's code and reads files: not for event
 * loops. A contributor that fails spoils its own page only. Only {@code reset} changes
 * anything.
 */
public final class MetaApplication {

	private static final int MAX_NAME = 64;

	/** The contributor that knows what is trouble, and what it calls the list of that. */
	static final String WARNINGS = "warnings";

	private final SupportContext context;

	private final Instance instance;

	private final String address;

	private final Supplier<Map<String, String>> availability;

	private final SecretMask mask;

	private final SnapshotTree trees;

	private final PageHistory history;

	private final Clock clock;

	private final EndpointPaths endpoints;

	private final ProcessReader process = new ProcessReader();

	/**
	 * Creates the pages of a context.
	 * @param context what is shown
	 * @param instance which process this is
	 * @param address the path of the index, such as {@code /actuator/support}
	 * @param availability what the application says of its own state, by name
	 * @param mask what hides the secrets
	 * @param clock the time of the snapshots
	 */
	public MetaApplication(SupportContext context, Instance instance, String address,
			Supplier<Map<String, String>> availability, SecretMask mask, Clock clock) {
		this(context, instance, address, availability, mask, clock, Map::of);
	}

	/**
	 * Creates the pages of a context that lead to other endpoints.
	 * @param context what is shown
	 * @param instance which process this is
	 * @param address the path of the index, such as {@code /actuator/support}
	 * @param availability what the application says of its own state, by name
	 * @param mask what hides the secrets
	 * @param clock the time of the snapshots
	 * @param endpoints what else is exposed
	 */
	public MetaApplication(SupportContext context, Instance instance, String address,
			Supplier<Map<String, String>> availability, SecretMask mask, Clock clock, EndpointPaths endpoints) {
		this.endpoints = endpoints;
		this.context = context;
		this.instance = instance;
		this.address = address;
		this.availability = availability;
		this.mask = mask;
		this.trees = new SnapshotTree(mask);
		this.history = new PageHistory(context, this.trees);
		this.clock = clock;
	}

	/**
	 * Returns the path of the index.
	 * @return the path, from the root of the management server
	 */
	public String address() {
		return this.address;
	}

	/**
	 * Returns the last part of the index's path: what links are relative to.
	 * @return a path segment
	 */
	public String root() {
		return this.address.substring(this.address.lastIndexOf('/') + 1);
	}

	/**
	 * Returns the index. No contributor is asked for its state, but for those that know
	 * what is trouble, and how things went over the last minutes.
	 * @return the page
	 */
	public Page index() {
		return index(PageQuery.ALL);
	}

	private Page index(PageQuery query) {
		Map<String, Object> data = new LinkedHashMap<>();
		List<?> warnings = warnings();
		if (!warnings.isEmpty()) {
			data.put(WARNINGS, warnings);
		}
		data.put("process", this.process.facts(this.availability.get()));
		data.put("load", this.process.load());
		data.put("routes", routes());
		List<Endpoint> endpoints = new ArrayList<>();
		this.endpoints.paths().forEach((id, path) -> endpoints.add(new Endpoint(id, path)));
		if (!endpoints.isEmpty()) {
			data.put("endpoints", endpoints);
		}
		return answer(Outcome.FOUND, Page.INDEX, data, query, this.history.of(Page.INDEX));
	}

	private List<?> warnings() {
		try {
			return (this.context.snapshot(WARNINGS)
				.map((snapshot) -> this.trees.of(snapshot).tree())
				.orElse(null) instanceof Map<?, ?> tree && tree.get(WARNINGS) instanceof List<?> warnings) ? warnings
						: List.of();
		}
		catch (Exception | LinkageError ex) {
			// Its own page says so.
			return List.of();
		}
	}

	/**
	 * Returns the page of a contributor, and how what it shows went over the last minutes
	 * as far as that is remembered.
	 * @param name the contributor's name
	 * @return its state, its error, or the list of the pages there are
	 */
	public Page page(String name) {
		return page(name, PageQuery.ALL);
	}

	/**
	 * Returns a part of the page of a contributor.
	 * @param name the contributor's name, or {@value Page#INDEX}
	 * @param query which part
	 * @return its state, its error, or the list of the pages there are
	 */
	public Page page(String name, PageQuery query) {
		if (name.equals(Page.INDEX)) {
			return index(query);
		}
		return this.context.isConfidential(name) ? missing(name) : page(name, () -> this.context.snapshot(name), query);
	}

	/**
	 * Returns the page of a contributor whose state is not for everybody: for an endpoint
	 * that nobody has access to unless it was granted.
	 * @param name the contributor's name
	 * @param query which part of it
	 * @return its state, its error, or the list of the other pages there are
	 */
	public Page confidentialPage(String name, PageQuery query) {
		return this.context.isConfidential(name) ? page(name, () -> this.context.snapshot(name), query) : missing(name);
	}

	/**
	 * Returns the page of a part of what a contributor knows.
	 * @param name the contributor's name
	 * @param detail what the part is called
	 * @param query which part of that
	 * @return the part, its error, or the list of the pages there are
	 */
	public Page page(String name, String detail, PageQuery query) {
		return this.context.isConfidential(name) ? missing(name + '/' + detail)
				: page(name + '/' + detail, () -> this.context.detail(name, detail), query);
	}

	/**
	 * Lets a contributor forget what it has counted so far.
	 * @param name the contributor's name, or {@value Page#INDEX} for all
	 * @return what has begun anew, or why nothing has
	 */
	public Change reset(String name) {
		if (name.equals(Page.INDEX)) {
			return reset();
		}
		if (this.context.isConfidential(name)) {
			return Change.none(missing(name));
		}
		try {
			return switch (this.context.reset(name)) {
				case DONE -> new Change(answer(Outcome.FOUND, name, Map.of("reset", List.of(name))), List.of(name));
				case NOTHING -> Change.none(nothingToReset(name));
				case UNKNOWN -> Change.none(missing(name));
			};
		}
		catch (Exception | LinkageError ex) {
			return Change.none(failed(name, ex));
		}
	}

	/**
	 * Lets all contributors that can forget what they have counted so far.
	 * @return which have begun anew, and why others have not
	 */
	public Change reset() {
		ContextReset done = this.context.reset();
		if (done.reset().isEmpty() && done.failures().isEmpty()) {
			return Change.none(nothingToReset(Page.INDEX));
		}
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("reset", done.reset());
		if (!done.failures().isEmpty()) {
			Map<String, ErrorFacts> failures = new LinkedHashMap<>();
			done.failures().forEach((name, cause) -> failures.put(name, facts(cause)));
			data.put("error", new ErrorFacts(null, "Not reset: " + String.join(", ", failures.keySet())));
			data.put("failures", failures);
		}
		Outcome outcome = done.failures().isEmpty() ? Outcome.FOUND : Outcome.FAILED;
		return new Change(answer(outcome, Page.INDEX, data), done.reset());
	}

	private Page nothingToReset(String name) {
		String resettable = String.join(", ", names().stream().filter(this.context::isResettable).toList());
		return answer(Outcome.CONFLICT, name, Map.of("error", new ErrorFacts(null,
				"There is nothing to reset in '" + cut(name) + "'; pages that can be reset: " + resettable)));
	}

	/**
	 * Returns what is answered when a change is not known.
	 * @param name the page that was to be changed
	 * @param reason what is not known, and what is
	 * @return the reason
	 */
	public Page invalid(String name, String reason) {
		return answer(Outcome.INVALID, cut(name), Map.of("error", new ErrorFacts(null, reason)));
	}

	/**
	 * Returns a page of what is no contributor's, for an endpoint of its own.
	 * @param name the name of the page
	 * @param content a value as contributors give it
	 * @return the page
	 */
	public Page found(String name, Object content) {
		return found(name, content, PageQuery.ALL);
	}

	/**
	 * Returns a part of a page of what is no contributor's.
	 * @param name the name of the page
	 * @param content a value as contributors give it
	 * @param query which part of it
	 * @return the page
	 */
	public Page found(String name, Object content, PageQuery query) {
		return answer(Outcome.FOUND, name, content, query, null);
	}

	/**
	 * Returns what is shown in place of such a page.
	 * @param outcome what became of the request
	 * @param name the page that was asked for
	 * @param reason why it is not there, and what to do
	 * @return the reason
	 */
	public Page refused(Outcome outcome, String name, String reason) {
		return answer(outcome, cut(name), Map.of("error", new ErrorFacts(null, reason)));
	}

	/**
	 * Returns a page that is made when it is asked for, and may be heavy to make.
	 * @param name the name of the page
	 * @param maker makes its state; empty for a page that is missing
	 * @param query which part of it
	 * @return the state, the error, or that another heavy operation is running
	 */
	public Page page(String name, Callable<Optional<Object>> maker, PageQuery query) {
		try {
			Optional<Object> snapshot = maker.call();
			if (snapshot.isPresent()) {
				return answer(Outcome.FOUND, name, snapshot.get(), query, this.history.of(name));
			}
		}
		catch (OneAtATime.BusyException ex) {
			return refused(Outcome.BUSY, name, String.valueOf(ex.getMessage()));
		}
		catch (Exception | LinkageError | StackOverflowError ex) {
			return failed(name, ex);
		}
		return missing(name);
	}

	/**
	 * Returns what is shown where there is no page.
	 * @param name what was asked for
	 * @return the list of the pages there are
	 */
	public Page missing(String name) {
		String asked = cut(name);
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("error", new ErrorFacts(null, "There is no page '" + asked + "'"));
		data.put("routes", routes());
		return answer(Outcome.MISSING, asked, data);
	}

	/**
	 * Returns what is shown when a page cannot be made just now.
	 * @param name the page that was asked for
	 * @param reason why, and what to do
	 * @return the reason
	 */
	public Page unavailable(String name, String reason) {
		return answer(Outcome.UNAVAILABLE, name, Map.of("error", new ErrorFacts(null, reason)));
	}

	/**
	 * Returns what is shown when a page could not be made.
	 * @param name the page that was asked for
	 * @param cause why
	 * @return the error, its secrets hidden
	 */
	public Page failed(String name, Throwable cause) {
		return answer(Outcome.FAILED, name, Map.of("error", facts(cause)));
	}

	private ErrorFacts facts(Throwable cause) {
		String message = cause.getMessage();
		return new ErrorFacts(cause.getClass().getName(),
				StringUtils.hasText(message) ? this.mask.text(message) : null);
	}

	private static String cut(String name) {
		return (name.length() <= MAX_NAME) ? name : name.substring(0, MAX_NAME) + "...";
	}

	private Page answer(Outcome outcome, String name, Object content) {
		return answer(outcome, name, content, PageQuery.ALL, null);
	}

	private Page answer(Outcome outcome, String name, Object content, PageQuery query, @Nullable Object history) {
		SnapshotTree.Result data = this.trees.of(content);
		TreeSelection selection = new TreeSelection(query);
		SnapshotTree.Result page = this.history.addTo(
				new SnapshotTree.Result(selection.select(data.tree()), data.truncated() || selection.isTruncated()),
				history);
		Instant at = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		Instant next = selection.next();
		return new Page(outcome,
				new Envelope(Envelope.SCHEMA, name, at.toString(), this.instance, page.tree(),
						(next != null) ? next.toString() : null, page.truncated()),
				names(), this.context.isResettable(name), query);
	}

	private List<String> names() {
		return this.context.names().stream().filter((name) -> !this.context.isConfidential(name)).toList();
	}

	private List<Route> routes() {
		return names().stream().map((name) -> new Route(name, this.address + '/' + name)).toList();
	}

	/**
	 * Why there is no state to show.
	 *
	 * @param type the class of the exception, where there was one
	 * @param message what happened
	 */
	record ErrorFacts(@Nullable String type, @Nullable String message) {

	}

}
