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
 * The bounded accept queue and the accept loop. A loop of its own does nothing but
 * accept: it empties the kernel's backlog at once into a bounded queue, from which the
 * worker loops take connections, one a turn. What cannot be served soon is refused at
 * once and counted; nothing waits in the kernel.
 */
@NullMarked
package io.support.acceptor;

import org.jspecify.annotations.NullMarked;
