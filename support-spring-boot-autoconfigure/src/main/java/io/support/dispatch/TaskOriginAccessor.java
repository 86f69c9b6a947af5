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

package io.support.dispatch;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation carry the {@link TaskOrigin}. Found by the
 * service loader, so that only applications with context propagation load it.
 */
public final class TaskOriginAccessor implements ThreadLocalAccessor<Originator> {

	/**
	 * Creates an accessor.
	 */
	public TaskOriginAccessor() {
	}

	@Override
	public Object key() {
		return TaskOrigin.KEY;
	}

	@Override
	public @Nullable Originator getValue() {
		return Originator.known();
	}

	@Override
	public void setValue(Originator originator) {
		Originator.restore(originator);
	}

	@Override
	public void setValue() {
		Originator.restore(null);
	}

}
