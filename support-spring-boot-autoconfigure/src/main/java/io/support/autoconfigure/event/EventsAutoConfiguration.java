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

package io.support.autoconfigure.event;

import java.time.Clock;
import java.util.Arrays;
import java.util.Set;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.support.event.EventLog;
import io.support.event.ObservedEvents;
import io.support.event.Operations;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link Operations} and the
 * {@link EventLog}.
 */
@AutoConfiguration(
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnBooleanProperty(name = { "support.enabled", "support.events.enabled" }, matchIfMissing = true)
@ConditionalOnClass({ MeterRegistry.class, ObservationRegistry.class })
@EnableConfigurationProperties(EventsProperties.class)
public final class EventsAutoConfiguration {

	/**
	 * What has a meter of its own, with tags of its own.
	 */
	private static final Set<String> MEASURED = Set.of("support.connect", "support.tls", "support.dns",
			"support.dispatch", "support.drain");

	@Bean
	@ConditionalOnMissingBean
	EventLog supportEventLog() {
		return new EventLog(Clock.systemUTC(), System::nanoTime);
	}

	@Bean
	@ConditionalOnMissingBean
	ObservedEvents supportObservedEvents(EventLog events) {
		return new ObservedEvents(events, System::nanoTime);
	}

	@Bean
	@ConditionalOnMissingBean
	Operations supportOperations(EventLog events, EventsProperties properties,
			ObjectProvider<ObservationRegistry> observations, ListableBeanFactory beans) {
		boolean observed = switch (properties.getObservations()) {
			case ALWAYS -> true;
			case NEVER -> false;
			case AUTO -> isObserved(beans);
		};
		ObservationRegistry registry = observed ? observations.getIfAvailable(() -> ObservationRegistry.NOOP)
				: ObservationRegistry.NOOP;
		return new Operations(events, registry, System::nanoTime);
	}

	/*
	 * An observation costs more than an event, and what meters would make of it is in our
	 * own.
	 */
	private static boolean isObserved(ListableBeanFactory beans) {
		return Arrays.stream(beans.getBeanNamesForType(ObservationHandler.class, false, false))
			.map(beans::getType)
			.anyMatch((type) -> type != null && !MeterObservationHandler.class.isAssignableFrom(type)
					&& type != ObservedEvents.class);
	}

	@Bean
	MeterFilter supportObservationsMeterFilter() {
		return new MeterFilter() {

			@Override
			public MeterFilterReply accept(Meter.Id id) {
				String name = id.getName();
				String operation = name.endsWith(".active") ? name.substring(0, name.length() - 7) : name;
				return MEASURED.contains(operation) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
			}

		};
	}

	@Bean
	StallEvents supportStallEvents(Operations operations) {
		return new StallEvents(operations);
	}

}
