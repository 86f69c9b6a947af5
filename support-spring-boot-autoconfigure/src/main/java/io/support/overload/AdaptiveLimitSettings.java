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

package io.support.overload;

/**
 * Within which bounds an {@link AdaptiveLimit} searches. Checked by whoever reads it from
 * the user's configuration.
 *
 * @param initial how many may be in flight as long as nothing has been learned, positive
 * @param max how many may be in flight ever, not below the initial number
 * @param targetNanos how much longer than without a queue requests may take, in the mean,
 * before a queue is suspected; positive
 * @param intervalNanos how long requests are watched before that is judged; positive
 */
public record AdaptiveLimitSettings(int initial, int max, long targetNanos, long intervalNanos) {

}
