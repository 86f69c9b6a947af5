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

package io.support.logs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Shows in a registry how many log events are kept. Apart from the recorder, which does
 * without Micrometer.
 */
public final class LogsMeterBinder implements MeterBinder {

	private final LogRecorder recorder;

	/**
	 * Creates a binder.
	 * @param recorder what is measured
	 */
	public LogsMeterBinder(LogRecorder recorder) {
		this.recorder = recorder;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		LogsMeters.KEPT.counter(this.recorder, LogRecorder::kept).register(registry);
		LogsMeters.THINNED.counter(this.recorder, LogRecorder::thinned).register(registry);
	}

}
