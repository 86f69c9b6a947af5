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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which requests are not judged, and how much the others matter. What comes first counts:
 * exempt paths, resolvers, the header, the paths; what none of them knows is
 * {@linkplain io.support.overload.Priority#NORMAL normal}.
 *
 * @param exempt paths that are always admitted
 * @param resolvers the application's own rules, in their order
 * @param header the name of the header that carries the priority as a word, whatever its
 * case; {@code null} for none
 * @param critical paths that are critical
 * @param sheddable paths that are sheddable
 */
public record AdmissionRules(List<PathRule> exempt, List<PriorityResolver> resolvers, @Nullable String header,
		List<PathRule> critical, List<PathRule> sheddable) {

	/**
	 * Creates rules with copies of the lists.
	 * @param exempt paths that are always admitted
	 * @param resolvers the application's own rules
	 * @param header the name of the header that carries the priority
	 * @param critical paths that are critical
	 * @param sheddable paths that are sheddable
	 */
	public AdmissionRules {
		exempt = List.copyOf(exempt);
		resolvers = List.copyOf(resolvers);
		critical = List.copyOf(critical);
		sheddable = List.copyOf(sheddable);
	}

	/**
	 * Returns rules that call everything normal.
	 * @param exempt paths that are always admitted
	 * @return the rules
	 */
	public static AdmissionRules exempting(PathRule... exempt) {
		return new AdmissionRules(List.of(exempt), List.of(), null, List.of(), List.of());
	}

}
