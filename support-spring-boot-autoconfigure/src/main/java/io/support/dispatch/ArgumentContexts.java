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

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.ConstructorResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.IndexAccessor;
import org.springframework.expression.MethodResolver;
import org.springframework.expression.OperatorOverloader;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypeComparator;
import org.springframework.expression.TypeConverter;
import org.springframework.expression.TypeLocator;
import org.springframework.expression.TypedValue;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * What the expression of one method sees: the arguments of a call by name, and as
 * {@code #a0} and {@code #p0}. Spring's own context copies all arguments into a map for
 * each call; here they stay in their array, and only their places are known. Thread-safe.
 */
final class ArgumentContexts {

	private static final Set<String> ALWAYS = Set.of("this", "root");

	private final StandardEvaluationContext standard = new StandardEvaluationContext();

	private final Map<String, Integer> places;

	private ArgumentContexts(Map<String, Integer> places) {
		this.places = places;
	}

	static ArgumentContexts of(Method method) {
		Map<String, Integer> places = new HashMap<>();
		@Nullable String[] names = DefaultParameterNameDiscoverer.getSharedInstance().getParameterNames(method);
		for (int place = 0; place < method.getParameterCount(); place++) {
			places.put("a" + place, place);
			places.put("p" + place, place);
			String name = (names != null) ? names[place] : null;
			if (name != null) {
				places.put(name, place);
			}
		}
		return new ArgumentContexts(Map.copyOf(places));
	}

	/**
	 * Says whether an expression may refer to a variable.
	 * @param name its name
	 * @return whether there is such an argument, or it is always there
	 */
	boolean knows(String name) {
		return this.places.containsKey(name) || ALWAYS.contains(name);
	}

	/**
	 * Returns what an expression sees of a call.
	 * @param arguments the arguments
	 * @return the context of this call
	 */
	EvaluationContext of(@Nullable Object[] arguments) {
		return new Call(arguments);
	}

	/**
	 * The arguments of one call; everything else is Spring's standard.
	 */
	private final class Call implements EvaluationContext {

		private final @Nullable Object[] arguments;

		private Call(@Nullable Object[] arguments) {
			this.arguments = arguments;
		}

		@Override
		public @Nullable Object lookupVariable(String name) {
			Integer place = ArgumentContexts.this.places.get(name);
			return (place != null) ? this.arguments[place] : null;
		}

		@Override
		public void setVariable(String name, @Nullable Object value) {
			throw new IllegalStateException("The arguments cannot be changed: #" + name);
		}

		@Override
		public boolean isAssignmentEnabled() {
			return false;
		}

		@Override
		public boolean isCompilationSupported() {
			return true;
		}

		@Override
		public TypedValue getRootObject() {
			return TypedValue.NULL;
		}

		@Override
		public List<PropertyAccessor> getPropertyAccessors() {
			return ArgumentContexts.this.standard.getPropertyAccessors();
		}

		@Override
		public List<IndexAccessor> getIndexAccessors() {
			return ArgumentContexts.this.standard.getIndexAccessors();
		}

		@Override
		public List<ConstructorResolver> getConstructorResolvers() {
			return ArgumentContexts.this.standard.getConstructorResolvers();
		}

		@Override
		public List<MethodResolver> getMethodResolvers() {
			return ArgumentContexts.this.standard.getMethodResolvers();
		}

		@Override
		public @Nullable BeanResolver getBeanResolver() {
			return null;
		}

		@Override
		public TypeLocator getTypeLocator() {
			return ArgumentContexts.this.standard.getTypeLocator();
		}

		@Override
		public TypeConverter getTypeConverter() {
			return ArgumentContexts.this.standard.getTypeConverter();
		}

		@Override
		public TypeComparator getTypeComparator() {
			return ArgumentContexts.this.standard.getTypeComparator();
		}

		@Override
		public OperatorOverloader getOperatorOverloader() {
			return ArgumentContexts.this.standard.getOperatorOverloader();
		}

	}

}
