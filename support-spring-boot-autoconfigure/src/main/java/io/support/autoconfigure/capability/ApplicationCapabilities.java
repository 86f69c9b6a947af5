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

package io.support.autoconfigure.capability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.support.autoconfigure.capability.CapabilitiesSnapshot.Capability;
import io.support.logs.LogRecorder;

/**
 * Finds out what the application has on its class path and has switched on. Makes no bean
 * that is not there.
 */
final class ApplicationCapabilities {

	private static final String REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

	private final ListableBeanFactory beans;

	private final Environment environment;

	ApplicationCapabilities(ListableBeanFactory beans, Environment environment) {
		this.beans = beans;
		this.environment = environment;
	}

	List<Capability> read() {
		return List.of(
				Capability.of("log events", "logs", has(LogRecorder.class.getName()),
						"support.logs.enabled=false, or this application does not log with Logback"),
				logging(),
				Capability.of("statistics", "stats, warnings", has("io.support.stats.StreamingMeterRegistry"),
						"support.stats.enabled=false, or Micrometer is not on the class path"),
				Capability.of("context propagation", "dispatch",
						isPresent("io.micrometer.context.ContextSnapshotFactory"),
						"io.micrometer:context-propagation is not on the class path"),
				Capability.of("propagation through Reactor", "dispatch",
						"auto".equalsIgnoreCase(
								this.environment.getProperty("spring.reactor.context-propagation", "limited")),
						"spring.reactor.context-propagation=auto would make it so"),
				Capability.of("tracing", "events", has("io.micrometer.tracing.Tracer"),
						"There is no Tracer bean: Micrometer Tracing is not on the class path, or switched off"),
				Capability.of("observations", "events", has("io.micrometer.observation.ObservationRegistry"),
						"There is no ObservationRegistry bean"),
				Capability.of("Prometheus", "meters", has("io.micrometer.prometheusmetrics.PrometheusMeterRegistry"),
						"There is no Prometheus registry: micrometer-registry-prometheus is not on the class path"));
	}

	private Capability logging() {
		String[] names = this.beans.getBeanNamesForType(LoggingSystem.class, false, false);
		return (names.length != 0)
				? new Capability("levels of loggers", true, "logs",
						this.beans.getBean(names[0]).getClass().getSimpleName())
				: new Capability("levels of loggers", false, "logs", "There is no LoggingSystem bean");
	}

	List<String> meterRegistries() {
		List<String> registries = new ArrayList<>();
		if (isPresent(REGISTRY)) {
			for (String name : names(REGISTRY)) {
				Class<?> type = this.beans.getType(name, false);
				registries.add((type != null) ? type.getName() : name);
			}
		}
		return registries;
	}

	private boolean has(String type) {
		return isPresent(type) && !names(type).isEmpty();
	}

	private List<String> names(String type) {
		Class<?> known = ClassUtils.resolveClassName(type, getClass().getClassLoader());
		return Arrays.asList(this.beans.getBeanNamesForType(known, false, false));
	}

	private boolean isPresent(String type) {
		return ClassUtils.isPresent(type, getClass().getClassLoader());
	}

}
