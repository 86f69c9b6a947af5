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

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * Finds the beans that the annotations name as their conditions.
 */
final class ConditionBeans {

	private final BeanFactory beans;

	ConditionBeans(BeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Returns what says when a method is dispatched.
	 * @param spec what the method's annotation asks for
	 * @return the condition, or {@code null} for always
	 * @throws DispatchConfigurationException if there is not exactly one bean of the type
	 * that the annotation names
	 */
	@Nullable DispatchCondition of(DispatchSpec spec) {
		Class<? extends DispatchCondition> type = spec.condition();
		return (type != null) ? only(spec, type) : spec.when();
	}

	private DispatchCondition only(DispatchSpec spec, Class<? extends DispatchCondition> type) {
		List<? extends DispatchCondition> found = this.beans.getBeanProvider(type).stream().toList();
		if (found.size() != 1) {
			throw new DispatchConfigurationException(spec.method(),
					"has the condition " + type.getName() + ", of which there "
							+ (found.isEmpty() ? "is no bean" : "are " + found.size() + " beans"),
					"Declare exactly one bean of that type, for example by @Component on the class.");
		}
		return found.get(0);
	}

}
