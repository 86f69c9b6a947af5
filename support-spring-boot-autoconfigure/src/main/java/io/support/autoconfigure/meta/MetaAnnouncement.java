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

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.IncludeExcludeEndpointFilter;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.Ssl;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

import io.support.meta.MetaApplication;
import io.support.meta.endpoint.MetaEndpoint;

/**
 * Says once, when the application is ready, where the pages are, or what is missing.
 */
final class MetaAnnouncement implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(MetaAnnouncement.class);

	private final Environment environment;

	private final Supplier<@Nullable MetaApplication> application;

	private final ObjectProvider<ManagementServerProperties> server;

	MetaAnnouncement(Environment environment, Supplier<@Nullable MetaApplication> application,
			ObjectProvider<ManagementServerProperties> server) {
		this.environment = environment;
		this.application = application;
		this.server = server;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		logger.info(message());
	}

	String message() {
		MetaApplication pages = this.application.get();
		if (pages != null) {
			return "MetaApplication at " + origin() + pages.address();
		}
		List<String> missing = new ArrayList<>();
		if (ManagementPortType.get(this.environment) != ManagementPortType.DIFFERENT) {
			missing.add("management.server.port must be a port other than server.port");
		}
		if (!isExposed()) {
			missing.add("management.endpoints.web.exposure.include must contain '" + MetaEndpoint.ID + "'");
		}
		if (missing.isEmpty()) {
			missing.add("management.endpoint." + MetaEndpoint.ID + ".access must not be none");
		}
		return "MetaApplication is off: " + String.join(", and ", missing);
	}

	private boolean isExposed() {
		return new IncludeExcludeEndpointFilter<>(ExposableWebEndpoint.class, this.environment,
				"management.endpoints.web.exposure", EndpointExposure.WEB.getDefaultIncludes())
			.match(EndpointId.of(MetaEndpoint.ID));
	}

	private String origin() {
		ManagementServerProperties properties = this.server.getIfAvailable(ManagementServerProperties::new);
		InetAddress address = properties.getAddress();
		String host = (address != null && !address.isAnyLocalAddress()) ? address.getHostAddress() : HostName.get();
		String scheme = Ssl.isEnabled(properties.getSsl()) ? "https" : "http";
		return scheme + "://" + ((host.indexOf(':') >= 0) ? '[' + host + ']' : host) + ':'
				+ this.environment.getProperty("local.management.port");
	}

}
