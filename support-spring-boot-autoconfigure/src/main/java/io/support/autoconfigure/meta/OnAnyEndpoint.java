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

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;

import io.support.meta.endpoint.HeapEndpoint;
import io.support.meta.endpoint.MetaEndpoint;
import io.support.meta.endpoint.ProfileEndpoint;
import io.support.meta.endpoint.SourceEndpoint;
import io.support.meta.endpoint.TrafficEndpoint;

/**
 * Matches where at least one of the endpoints that answer with pages is available.
 */
final class OnAnyEndpoint extends AnyNestedCondition {

	OnAnyEndpoint() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnAvailableEndpoint(endpoint = MetaEndpoint.class, exposure = EndpointExposure.WEB)
	static class OnSupport {

	}

	@ConditionalOnAvailableEndpoint(endpoint = TrafficEndpoint.class, exposure = EndpointExposure.WEB)
	static class OnTraffic {

	}

	@ConditionalOnAvailableEndpoint(endpoint = HeapEndpoint.class, exposure = EndpointExposure.WEB)
	static class OnHeap {

	}

	@ConditionalOnAvailableEndpoint(endpoint = SourceEndpoint.class, exposure = EndpointExposure.WEB)
	static class OnSource {

	}

	@ConditionalOnAvailableEndpoint(endpoint = ProfileEndpoint.class, exposure = EndpointExposure.WEB)
	static class OnProfile {

	}

}
