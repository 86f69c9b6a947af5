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

package io.support.autoconfigure.capability;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.IncludeExcludeEndpointFilter;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.ExposableEndpoint;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.core.env.Environment;

import io.support.autoconfigure.capability.CapabilitiesSnapshot.Endpoint;

/**
 * Finds out which endpoints are exposed, what may be done with them, and which property
 * would change that.
 */
final class Exposure {

	/** What is worth having, and what may be done with it by default. */
	private static final Map<String, Access> KNOWN = known();

	private final Environment environment;

	private final ObjectProvider<PathMappedEndpoints> endpoints;

	private final ObjectProvider<EndpointAccessResolver> accesses;

	Exposure(Environment environment, ObjectProvider<PathMappedEndpoints> endpoints,
			ObjectProvider<EndpointAccessResolver> accesses) {
		this.environment = environment;
		this.endpoints = endpoints;
		this.accesses = accesses;
	}

	private static Map<String, Access> known() {
		Map<String, Access> known = new TreeMap<>();
		for (String id : List.of("health", "info", "metrics", "prometheus", "loggers", "env", "configprops", "beans",
				"conditions", "mappings", "threaddump", "scheduledtasks")) {
			known.put(id, Access.UNRESTRICTED);
		}
		known.put("support", Access.READ_ONLY);
		known.put("supportprofile", Access.READ_ONLY);
		for (String id : List.of("heapdump", "supportheap", "supportsource", "supporttraffic")) {
			known.put(id, Access.NONE);
		}
		return known;
	}

	List<Endpoint> read() {
		Map<String, Access> all = new TreeMap<>(KNOWN);
		Map<String, ExposableEndpoint<?>> exposed = exposed();
		exposed.forEach((id, endpoint) -> all.put(id, endpoint.getDefaultAccess()));
		List<Endpoint> read = new ArrayList<>();
		EndpointAccessResolver resolver = this.accesses.getIfAvailable(() -> (id, defaultAccess) -> defaultAccess);
		all.forEach((id, defaultAccess) -> {
			Access access = resolver.accessFor(EndpointId.of(id), defaultAccess);
			read.add(new Endpoint(id, exposed.containsKey(id), access.name().toLowerCase(Locale.ROOT).replace('_', '-'),
					property(id, access, exposed.containsKey(id))));
		});
		return read;
	}

	private Map<String, ExposableEndpoint<?>> exposed() {
		Map<String, ExposableEndpoint<?>> exposed = new TreeMap<>();
		PathMappedEndpoints known = this.endpoints.getIfAvailable();
		if (known != null) {
			for (PathMappedEndpoint endpoint : known) {
				if (endpoint instanceof ExposableEndpoint<?> exposable) {
					exposed.put(exposable.getEndpointId().toLowerCaseString(), exposable);
				}
			}
		}
		return exposed;
	}

	private String property(String id, Access access, boolean exposed) {
		String property = "management.endpoint." + id + ".access";
		if (exposed) {
			return property;
		}
		List<String> needed = new ArrayList<>();
		if (!isIncluded(id)) {
			needed.add("management.endpoints.web.exposure.include=" + id);
		}
		if (access == Access.NONE) {
			needed.add(property + "=read-only");
		}
		return needed.isEmpty() ? "nothing: what it needs is not in this application" : String.join(", ", needed);
	}

	private boolean isIncluded(String id) {
		return new IncludeExcludeEndpointFilter<>(ExposableWebEndpoint.class, this.environment,
				"management.endpoints.web.exposure", EndpointExposure.WEB.getDefaultIncludes())
			.match(EndpointId.of(id));
	}

}
