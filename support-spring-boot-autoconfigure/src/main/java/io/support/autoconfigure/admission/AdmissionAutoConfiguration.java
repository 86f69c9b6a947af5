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

package io.support.autoconfigure.admission;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import reactor.netty.http.server.HttpServer;

import io.support.admission.Admission;
import io.support.admission.PriorityResolver;
import io.support.admission.RequestState;
import io.support.autoconfigure.acceptor.PressureConfiguration;
import io.support.overload.Pressure;
import io.support.stats.Sketches;
import io.support.stats.StateMachines;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link Admission} in a reactive
 * application on Reactor Netty.
 */
@AutoConfiguration(
		beforeName = "org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration")
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.admission.enabled" }, matchIfMissing = true)
@ConditionalOnClass({ HttpServer.class, MeterBinder.class, NettyServerCustomizer.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(AdmissionProperties.class)
@Import(PressureConfiguration.class)
public final class AdmissionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Admission supportAdmission(AdmissionProperties properties, Environment environment, Pressure pressure,
			ObjectProvider<PriorityResolver> resolvers, ObjectProvider<Sketches> sketches,
			ObjectProvider<StateMachines> machines) {
		return new Admission(properties.toSettings(ManagementPaths.of(environment), resolvers.orderedStream().toList()),
				pressure, sketches.getIfAvailable(Sketches::none),
				machines.getIfAvailable(StateMachines::new).create("requests", RequestState.class), System::nanoTime);
	}

	@Bean
	NettyServerCustomizer supportAdmissionCustomizer(Admission admission) {
		return admission::guard;
	}

	@Bean
	MeterBinder supportAdmissionMeters(Admission admission) {
		return admission::bindTo;
	}

}
