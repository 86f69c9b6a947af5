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

package io.support.stats;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Counts refusals until somebody is told of them: once within a second at most, however
 * many they are. Thread-safe.
 */
public final class RefusalTally {

	private final Map<String, LongAdder> untold = new LinkedHashMap<>();

	private final Consumer<Runnable> inASecond;

	private final Line line;

	private final AtomicBoolean telling = new AtomicBoolean();

	/**
	 * Creates a tally of nothing.
	 * @param reasons all reasons that there are
	 * @param inASecond runs something a second later, where a log may block
	 * @param line tells what was refused within that second
	 */
	public RefusalTally(Collection<String> reasons, Consumer<Runnable> inASecond, Line line) {
		reasons.forEach((reason) -> this.untold.put(reason, new LongAdder()));
		this.inASecond = inASecond;
		this.line = line;
	}

	/**
	 * Counts a refusal.
	 * @param reason why
	 */
	public void refused(String reason) {
		LongAdder count = this.untold.get(reason);
		if (count == null) {
			throw new IllegalArgumentException("'" + reason + "' is none of " + this.untold.keySet());
		}
		count.increment();
		if (!this.telling.get() && this.telling.compareAndSet(false, true)) {
			this.inASecond.accept(this::tell);
		}
	}

	private void tell() {
		this.telling.set(false);
		StringBuilder reasons = new StringBuilder();
		long total = 0;
		for (Map.Entry<String, LongAdder> entry : this.untold.entrySet()) {
			long count = entry.getValue().sumThenReset();
			if (count > 0) {
				reasons.append(reasons.isEmpty() ? "" : ", ").append(entry.getKey()).append(' ').append(count);
				total += count;
			}
		}
		this.line.tell(total, reasons.toString());
	}

	/**
	 * Tells what was refused.
	 */
	@FunctionalInterface
	public interface Line {

		/**
		 * Tells what was refused within a second.
		 * @param total how many
		 * @param reasons how many for which reason, such as
		 * {@code queue-full 3, queue-age 7}
		 */
		void tell(long total, String reasons);

	}

}
