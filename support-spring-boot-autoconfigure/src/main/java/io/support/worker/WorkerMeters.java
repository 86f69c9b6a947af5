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

package io.support.worker;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * The meters of the process.
 */
enum WorkerMeters implements MeterDocumentation {

	/**
	 * Time that draining took.
	 */
	DRAIN("support.worker.drain", Meter.Type.TIMER, "seconds"),

	/**
	 * Resident size of the process.
	 */
	MEMORY("support.worker.memory", Meter.Type.GAUGE, "bytes");

	private final String meterName;

	private final Meter.Type type;

	private final String baseUnit;

	WorkerMeters(String meterName, Meter.Type type, String baseUnit) {
		this.meterName = meterName;
		this.type = type;
		this.baseUnit = baseUnit;
	}

	@Override
	public String getName() {
		return this.meterName;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public String getBaseUnit() {
		return this.baseUnit;
	}

}
