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

import io.micrometer.common.KeyValues;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

import io.support.event.Operations;
import io.support.event.Outcome;
import io.support.eventloop.EventLoopStall;

/**
 * Tells of stalls of event loops.
 */
final class StallEvents implements ApplicationListener<PayloadApplicationEvent<EventLoopStall>> {

	private final Operations operations;

	StallEvents(Operations operations) {
		this.operations = operations;
	}

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<EventLoopStall> event) {
		EventLoopStall stall = event.getPayload();
		KeyValues attributes = KeyValues.of("kind", stall.kind().tag(), "loop", stall.loop());
		if (stall.request() != null) {
			attributes = attributes.and("request", stall.request());
		}
		if (stall.dominantFrame() != null) {
			attributes = attributes.and("frame", stall.dominantFrame().toString());
		}
		this.operations.happened("support.stall", Outcome.FAILURE, stall.durationNanos(), attributes);
	}

}
