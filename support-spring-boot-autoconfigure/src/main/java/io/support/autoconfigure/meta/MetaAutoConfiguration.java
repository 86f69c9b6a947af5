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

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Mono;

import io.support.autoconfigure.connection.RecentTrafficAutoConfiguration;
import io.support.autoconfigure.context.ContextAutoConfiguration;
import io.support.autoconfigure.profile.ProfileAutoConfiguration;
import io.support.concurrent.OneAtATime;
import io.support.connection.traffic.RecentTraffic;
import io.support.context.EndpointPaths;
import io.support.context.SupportContext;
import io.support.meta.Instance;
import io.support.meta.MetaApplication;
import io.support.meta.SecretMask;
import io.support.meta.endpoint.HeapEndpoint;
import io.support.meta.endpoint.MetaEndpoint;
import io.support.meta.endpoint.PageAudit;
import io.support.meta.endpoint.PageExecutor;
import io.support.meta.endpoint.PageHeaders;
import io.support.meta.endpoint.PageResponder;
import io.support.meta.endpoint.ProfileEndpoint;
import io.support.meta.endpoint.ProfileResponder;
import io.support.meta.endpoint.ReactiveMetaEndpoint;
import io.support.meta.endpoint.ReactiveProfileEndpoint;
import io.support.meta.endpoint.ReactiveTrafficEndpoint;
import io.support.meta.endpoint.SourceEndpoint;
import io.support.meta.endpoint.TrafficEndpoint;
import io.support.meta.ui.Assets;
import io.support.meta.ui.HtmlRenderer;
import io.support.meta.ui.PageLink;
import io.support.profile.Profiler;

/**
 * {@link AutoConfiguration Auto-configuration} for the MetaApplication: the endpoints
 * {@code support}, {@code supporttraffic} and {@code supportprofile}, where the
 * management server has a port of its own and the endpoint is exposed. Where the first is
 * not, the log says what is missing.
 */
@AutoConfiguration(after = { ContextAutoConfiguration.class, ProfileAutoConfiguration.class,
		RecentTrafficAutoConfiguration.class })
@ConditionalOnClass({ WebEndpoint.class, WebEndpointProperties.class, Mono.class })
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.meta.enabled" }, matchIfMissing = true)
@ConditionalOnBean(SupportContext.class)
@EnableConfigurationProperties(MetaProperties.class)
@Import({ HeapConfiguration.class, SourceConfiguration.class })
public final class MetaAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MetaAnnouncement metaAnnouncement(Environment environment, ObjectProvider<MetaApplication> application,
			ObjectProvider<MetaEndpoint> endpoint, ObjectProvider<ReactiveMetaEndpoint> reactiveEndpoint,
			ObjectProvider<ManagementServerProperties> server) {
		return new MetaAnnouncement(environment, () -> {
			boolean available = endpoint.getIfAvailable() != null || reactiveEndpoint.getIfAvailable() != null;
			return available ? application.getIfAvailable() : null;
		}, server);
	}

	/** What makes pages, whichever endpoint shows them. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
	@Conditional(OnAnyEndpoint.class)
	@EnableConfigurationProperties({ ManagementServerProperties.class, WebEndpointProperties.class })
	static class Pages {

		@Bean
		@ConditionalOnMissingBean
		MetaApplication metaApplication(SupportContext context, Environment environment,
				ApplicationAvailability availability, SecretMask mask, ManagementServerProperties server,
				PageHeaders headers, EndpointPaths endpoints) {
			long startedAt = ManagementFactory.getRuntimeMXBean().getStartTime();
			Instance instance = new Instance(environment.getProperty("spring.application.name", "application"),
					ProcessHandle.current().pid(), HostName.get(), Instant.ofEpochMilli(startedAt).toString());
			return new MetaApplication(context, instance, server.getBasePath() + headers.path(),
					() -> states(availability), mask, Clock.systemUTC(), endpoints);
		}

		@Bean
		@ConditionalOnMissingBean
		SecretMask metaSecretMask(ObjectProvider<SanitizingFunction> functions) {
			Sanitizer sanitizer = new Sanitizer(functions.orderedStream().toList());
			return new SecretMask((path, value) -> sanitizer.sanitize(new SanitizableData(null, path, value), true));
		}

		@Bean
		@ConditionalOnMissingBean
		EndpointPaths metaEndpointPaths(ManagementServerProperties server,
				ObjectProvider<PathMappedEndpoints> endpoints) {
			return new ExposedEndpoints(server.getBasePath(), endpoints);
		}

		@Bean
		@ConditionalOnMissingBean
		OneAtATime metaHeavyOperations() {
			return new OneAtATime();
		}

		@Bean
		@ConditionalOnMissingBean
		Assets metaAssets() {
			return new Assets();
		}

		@Bean
		@ConditionalOnMissingBean
		PageHeaders metaPageHeaders(WebEndpointProperties endpoints, Assets assets) {
			String profiler = path(endpoints, ProfileEndpoint.ID);
			return new PageHeaders(path(endpoints, MetaEndpoint.ID), List.of(path(endpoints, TrafficEndpoint.ID),
					profiler, path(endpoints, HeapEndpoint.ID), path(endpoints, SourceEndpoint.ID)), assets)
				.withDownloads(profiler);
		}

		private static String path(WebEndpointProperties endpoints, String id) {
			return endpoints.getBasePath() + '/' + endpoints.getPathMapping().getOrDefault(id, id);
		}

		static String segment(WebEndpointProperties endpoints, String id) {
			String path = endpoints.getPathMapping().getOrDefault(id, id);
			return path.substring(path.lastIndexOf('/') + 1);
		}

		@Bean
		@ConditionalOnMissingBean
		PageExecutor metaPageExecutor(MetaProperties properties, ObjectProvider<MeterRegistry> meters) {
			PageExecutor executor = new PageExecutor(properties.getPageTimeout());
			meters.ifAvailable(executor::bindTo);
			return executor;
		}

		@Bean
		@ConditionalOnMissingBean
		PageAudit metaPageAudit(ApplicationEventPublisher publisher) {
			return new PageAudit(publisher);
		}

		@Bean
		@ConditionalOnMissingBean
		PageResponder metaPageResponder(MetaApplication application, Assets assets, PageExecutor executor,
				ObjectProvider<EndpointAccessResolver> accesses, ObjectProvider<PageLink> links, PageAudit audit,
				ListableBeanFactory beans) {
			List<PageLink> others = links.orderedStream().toList();
			Access access = access(accesses, MetaEndpoint.ID);
			HtmlRenderer renderer = (others.isEmpty() || hasIndex(beans))
					? new HtmlRenderer(application.address(), application.root(), others, assets, access)
					: alone(others.get(0).path(), others, assets, access);
			return new PageResponder(application, renderer, assets, executor, audit);
		}

		/*
		 * Without making it: what makes its pages is what asks.
		 */
		static boolean hasIndex(ListableBeanFactory beans) {
			return Stream.of(MetaEndpoint.class, ReactiveMetaEndpoint.class)
				.anyMatch((type) -> beans.getBeanNamesForType(type, true, false).length > 0);
		}

		/*
		 * The assets of pages without an index are those of one of them.
		 */
		static HtmlRenderer alone(String own, List<PageLink> links, Assets assets, Access access) {
			return new HtmlRenderer(own, own, links, assets, access);
		}

		static Access access(ObjectProvider<EndpointAccessResolver> accesses, String endpoint) {
			EndpointAccessResolver resolver = accesses.getIfAvailable(() -> (id, defaultAccess) -> defaultAccess);
			return resolver.accessFor(EndpointId.of(endpoint), Access.READ_ONLY);
		}

		private static Map<String, String> states(ApplicationAvailability availability) {
			Map<String, String> states = new LinkedHashMap<>();
			states.put("liveness", availability.getLivenessState().toString());
			states.put("readiness", availability.getReadinessState().toString());
			return states;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
	@ConditionalOnAvailableEndpoint(endpoint = MetaEndpoint.class, exposure = EndpointExposure.WEB)
	static class SupportEndpoint {

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		MetaEndpoint metaEndpoint(PageResponder responder) {
			return new MetaEndpoint(responder);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
		ReactiveMetaEndpoint reactiveMetaEndpoint(PageResponder responder) {
			return new ReactiveMetaEndpoint(responder);
		}

	}

	/** To which nobody has access by default. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
	@ConditionalOnAvailableEndpoint(endpoint = TrafficEndpoint.class, exposure = EndpointExposure.WEB)
	static class SupportTrafficEndpoint {

		/* Nothing leads to it where nothing is recorded. */
		@Bean
		@ConditionalOnBean(RecentTraffic.class)
		PageLink metaTrafficLink(WebEndpointProperties endpoints) {
			return new PageLink(TrafficEndpoint.PAGE, Pages.segment(endpoints, TrafficEndpoint.ID));
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		TrafficEndpoint metaTrafficEndpoint(PageResponder responder) {
			return new TrafficEndpoint(responder);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
		ReactiveTrafficEndpoint reactiveMetaTrafficEndpoint(PageResponder responder) {
			return new ReactiveTrafficEndpoint(responder);
		}

	}

	/** Which anybody may read, and nobody may start unless allowed to. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
	@ConditionalOnAvailableEndpoint(endpoint = ProfileEndpoint.class, exposure = EndpointExposure.WEB)
	@ConditionalOnBean(Profiler.class)
	static class SupportProfileEndpoint {

		@Bean
		PageLink metaProfilerLink(WebEndpointProperties endpoints) {
			return new PageLink("profiler", Pages.segment(endpoints, ProfileEndpoint.ID));
		}

		@Bean
		@ConditionalOnMissingBean
		ProfileResponder metaProfileResponder(Profiler profiler, MetaApplication application, PageResponder pages,
				PageLink metaProfilerLink, ObjectProvider<PageLink> links, ListableBeanFactory beans, Assets assets,
				PageExecutor executor, ObjectProvider<EndpointAccessResolver> accesses, PageAudit audit) {
			Access access = Pages.access(accesses, ProfileEndpoint.ID);
			List<PageLink> others = links.orderedStream().toList();
			String own = metaProfilerLink.path();
			HtmlRenderer renderer = Pages.hasIndex(beans)
					? new HtmlRenderer(application.root(), own, others, assets, access)
					: Pages.alone(own, others, assets, access);
			return new ProfileResponder(profiler, application, pages, renderer, assets, executor, access, audit);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		ProfileEndpoint metaProfileEndpoint(ProfileResponder responder) {
			return new ProfileEndpoint(responder);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
		ReactiveProfileEndpoint reactiveMetaProfileEndpoint(ProfileResponder responder) {
			return new ReactiveProfileEndpoint(responder);
		}

	}

}
