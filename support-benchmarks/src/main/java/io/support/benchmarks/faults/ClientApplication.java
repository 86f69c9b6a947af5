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

package io.support.benchmarks.faults;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.netty.resolver.dns.RoundRobinDnsAddressResolverGroup;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The application that calls: Spring Boot's own {@link WebClient}, asking the peers' name
 * server, and what the contender makes of it.
 */
final class ClientApplication {

	static final String WEB_CLIENT = "webclient";

	static final String RESILIENCE4J = "resilience4j";

	static final String LOAD_BALANCER = "loadbalancer";

	static final String SUPPORT = "support";

	private ClientApplication() {
	}

	/**
	 * Starts the application.
	 * @param contender one of the names above
	 * @param properties properties, a name, an equals sign and a value each
	 * @return its context, with {@link Calls}
	 */
	static ConfigurableApplicationContext start(String contender, List<String> properties) {
		Class<?> configuration = switch (contender) {
			case WEB_CLIENT, SUPPORT -> Plain.class;
			case RESILIENCE4J -> Resilience4j.class;
			case LOAD_BALANCER -> LoadBalancer.class;
			default -> throw new IllegalArgumentException("No such contender: " + contender);
		};
		List<String> arguments = new ArrayList<>();
		properties.forEach((property) -> arguments.add("--" + property));
		return new SpringApplicationBuilder(Common.class, configuration).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.run(arguments.toArray(String[]::new));
	}

	/**
	 * What all contenders have.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Common {

		/*
		 * SuPPort has a property for that, and would leave names to a resolver of the
		 * client's own.
		 */
		@Bean
		@ConditionalOnBooleanProperty(name = "support.enabled", havingValue = false)
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> peersNameServer(
				@Value("${faults.name-port}") int namePort) {
			InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), namePort);
			return (builder) -> builder.withHttpClientCustomizer((client) -> client.resolver((spec) -> spec.ndots(1)
				.searchDomains(List.of())
				.dnsAddressResolverGroupProvider((resolver) -> new RoundRobinDnsAddressResolverGroup(
						resolver.nameServerProvider(new SingletonDnsServerAddressStreamProvider(server))))));
		}

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> fewConnections(
				@Value("${faults.max-connections:0}") int maxConnections) {
			return (builder) -> (maxConnections == 0) ? builder : builder
				.withHttpClientFactory(() -> HttpClient.create(ConnectionProvider.create("few", maxConnections)));
		}

	}

	/**
	 * The builder as it is.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Plain {

		@Bean
		Calls calls(WebClient.Builder builder, @Value("${faults.url}") String url) {
			return new WebClientCalls(builder, url);
		}

	}

	/**
	 * A client for each address.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Resilience4j {

		@Bean
		Calls calls(WebClient.Builder builder, @Value("${faults.url}") String[] urls) {
			return new Resilience4jCalls(
					Arrays.stream(urls).<Calls>map((url) -> new WebClientCalls(builder.clone(), url)).toList());
		}

	}

	/**
	 * A builder that heeds Spring Cloud LoadBalancer.
	 */
	@Configuration(proxyBeanMethods = false)
	static class LoadBalancer {

		@Bean
		@LoadBalanced
		WebClient.Builder balancedBuilder(ObjectProvider<WebClientCustomizer> customizers) {
			WebClient.Builder builder = WebClient.builder();
			customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
			return builder;
		}

		@Bean
		Calls calls(@LoadBalanced WebClient.Builder builder, @Value("${faults.url}") String url) {
			return new WebClientCalls(builder, url);
		}

	}

}
