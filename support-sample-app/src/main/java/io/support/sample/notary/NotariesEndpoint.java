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

package io.support.sample.notary;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.stereotype.Component;

/**
 * Breaks and mends notaries while the application runs. It is on the management port,
 * where an application's own users do not come.
 */
@Component
@ConditionalOnBean(Notaries.class)
@Endpoint(id = "notaries")
class NotariesEndpoint {

	private final Notaries notaries;

	NotariesEndpoint(Notaries notaries) {
		this.notaries = notaries;
	}

	@ReadOperation
	List<NotaryState> notaries() {
		return this.notaries.states();
	}

	@ReadOperation
	@Nullable NotaryState notary(@Selector String name) {
		return this.notaries.find(name).map(NotaryServer::state).orElse(null);
	}

	@WriteOperation
	@Nullable NotaryState change(@Selector String name, @Nullable Boolean running, @Nullable Double cutShare) {
		return this.notaries.find(name).map((server) -> change(server, running, cutShare)).orElse(null);
	}

	private NotaryState change(NotaryServer server, @Nullable Boolean running, @Nullable Double cutShare) {
		if (cutShare != null) {
			server.cutShare(cutShare);
		}
		if (Boolean.TRUE.equals(running)) {
			server.start();
		}
		if (Boolean.FALSE.equals(running)) {
			server.stop();
		}
		return server.state();
	}

}
