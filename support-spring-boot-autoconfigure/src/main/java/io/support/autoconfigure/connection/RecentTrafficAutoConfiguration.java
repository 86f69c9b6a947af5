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

package io.support.autoconfigure.connection;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.http.client.HttpClient;

import io.support.connection.traffic.RecentTraffic;
import io.support.connection.traffic.SecretFilter;
import io.support.meta.SecretMask;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link RecentTraffic} over
 * outgoing connections. Who may read it is another matter: the endpoint
 * {@code supporttraffic}, to which nobody has access by default.
 */
@AutoConfiguration(before = ConnectionsAutoConfiguration.class)
@ConditionalOnClass(HttpClient.class)
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.recent.enabled" }, matchIfMissing = true)
@EnableConfigurationProperties(RecentTrafficProperties.class)
public final class RecentTrafficAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RecentTraffic recentTraffic(RecentTrafficProperties properties, ObjectProvider<SecretFilter> filters) {
		SecretFilter filter = filters.getIfAvailable(() -> filter(new SecretMask(SecretMask.Rule.NONE)));
		return new RecentTraffic(properties.toSettings(), filter, Clock.systemUTC(), System::nanoTime);
	}

	private static SecretFilter filter(SecretMask mask) {
		return (key, value) -> String.valueOf(mask.apply(key, key, value));
	}

	/** With Actuator, what its own pages hide is hidden here, too. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Sanitizer.class)
	static class Sanitizing {

		@Bean
		@ConditionalOnMissingBean
		SecretFilter recentTrafficSecretFilter(ObjectProvider<SanitizingFunction> functions) {
			Sanitizer sanitizer = new Sanitizer(functions.orderedStream().toList());
			return filter(
					new SecretMask((key, value) -> sanitizer.sanitize(new SanitizableData(null, key, value), true)));
		}

	}

}
