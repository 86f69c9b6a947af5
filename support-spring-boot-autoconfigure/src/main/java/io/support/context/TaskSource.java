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

package io.support.context;

import java.util.function.Consumer;

/**
 * Knows what is being done in the process at the moment. What beans of this type know is
 * on the page {@code tasks}.
 * <p>
 * Called from any thread, also while the application is overloaded: it must not block.
 */
@FunctionalInterface
public interface TaskSource {

	/**
	 * Tells of everything that is in flight. What begins or ends meanwhile may be left
	 * out.
	 * @param tasks is told of one after the other, in any order
	 */
	void forEachTask(Consumer<TaskInFlight> tasks);

}
