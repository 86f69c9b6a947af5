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

package io.support.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last events of one kind. Thread-safe, without locks.
 */
final class EventRing {

	static final int CAPACITY = 64;

	private final AtomicReferenceArray<Event> events = new AtomicReferenceArray<>(CAPACITY);

	private final AtomicLong next = new AtomicLong();

	void add(Event event) {
		this.events.setRelease((int) (this.next.getAndIncrement() % CAPACITY), event);
	}

	List<Event> toList() {
		List<Event> list = new ArrayList<>();
		for (int i = 0; i < CAPACITY; i++) {
			Event event = this.events.getAcquire(i);
			if (event != null) {
				list.add(event);
			}
		}
		return list;
	}

	void clear() {
		for (int i = 0; i < CAPACITY; i++) {
			this.events.setRelease(i, null);
		}
	}

}
