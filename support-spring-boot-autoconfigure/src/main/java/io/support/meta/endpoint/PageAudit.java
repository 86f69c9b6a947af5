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
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Leaves an Actuator audit event for every page that was changed, with the name of who
 * did it.
 */
public final class PageAudit {

	private static final String NOBODY = "anonymous";

	private final ApplicationEventPublisher publisher;

	/**
	 * Creates an audit.
	 * @param publisher where the events go
	 */
	public PageAudit(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	void record(@Nullable Principal principal, PageAction action, String page) {
		record(principal, action.auditType(), Map.of("page", page));
	}

	void record(@Nullable Principal principal, String type, Map<String, Object> details) {
		String name = (principal != null) ? principal.getName() : null;
		this.publisher
			.publishEvent(new AuditApplicationEvent((name != null && !name.isEmpty()) ? name : NOBODY, type, details));
	}

}
