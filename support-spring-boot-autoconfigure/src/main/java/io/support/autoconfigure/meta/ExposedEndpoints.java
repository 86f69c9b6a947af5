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

package io.support.autoconfigure.meta;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.ExposableEndpoint;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;

import io.support.context.EndpointPaths;
import io.support.meta.endpoint.MetaEndpoint;

/**
 * The endpoints that are exposed on the management server and can be read, but for the
 * index itself. They are asked for when somebody looks: some of them need what this is
 * made for.
 */
final class ExposedEndpoints implements EndpointPaths {

	private final String root;

	private final ObjectProvider<PathMappedEndpoints> endpoints;

	ExposedEndpoints(@Nullable String root, ObjectProvider<PathMappedEndpoints> endpoints) {
		this.root = (root != null) ? root : "";
		this.endpoints = endpoints;
	}

	@Override
	public Map<String, String> paths() {
		Map<String, String> paths = new TreeMap<>();
		PathMappedEndpoints known = this.endpoints.getIfAvailable();
		if (known != null) {
			for (PathMappedEndpoint endpoint : known) {
				if (endpoint instanceof ExposableEndpoint<?> exposed
						&& !exposed.getEndpointId().equals(EndpointId.of(MetaEndpoint.ID)) && isReadable(exposed)) {
					EndpointId id = exposed.getEndpointId();
					paths.put(id.toLowerCaseString(), this.root + known.getPath(id));
				}
			}
		}
		return paths;
	}

	/*
	 * A link to what only does something leads nowhere. Endpoints that are servlets say
	 * nothing of their operations.
	 */
	private static boolean isReadable(ExposableEndpoint<?> endpoint) {
		return endpoint.getOperations().isEmpty()
				|| endpoint.getOperations().stream().anyMatch((operation) -> operation.getType() == OperationType.READ);
	}

}
