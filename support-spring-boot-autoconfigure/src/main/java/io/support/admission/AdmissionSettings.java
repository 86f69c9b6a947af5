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

package io.support.admission;

import org.jspecify.annotations.Nullable;

import io.support.overload.AdaptiveLimitSettings;
import io.support.overload.SojournSettings;

/**
 * What is admitted. Checked by whoever reads it from the user's configuration.
 *
 * @param delay how long a request may have waited for its event loop
 * @param limit how many may be in flight; {@code null} for any number
 * @param rules what is judged how
 * @param closes whether the connection is closed after a refusal
 */
public record AdmissionSettings(SojournSettings delay, @Nullable AdaptiveLimitSettings limit, AdmissionRules rules,
		boolean closes) {

}
