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

/**
 * The control laws of this project: how long something may wait in a queue, what is not
 * even let in, what may be sent once more, and who is left out. Plain Java without
 * threads, clocks or queues of its own, so that it can be simulated.
 */
@NullMarked
package io.support.overload;

import org.jspecify.annotations.NullMarked;
