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

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Reads {@link IoBound @IoBound} and {@link CpuBound @CpuBound} from the methods of a
 * class, and refuses what cannot be kept.
 */
final class DispatchAnnotations {

	private static final List<Class<? extends java.lang.annotation.Annotation>> TYPES = List.of(IoBound.class,
			CpuBound.class);

	private final UnaryOperator<@Nullable String> placeholders;

	/**
	 * Creates a reader.
	 * @param placeholders resolves placeholders in the attributes
	 */
	DispatchAnnotations(UnaryOperator<@Nullable String> placeholders) {
		this.placeholders = placeholders;
	}

	/**
	 * Reads all methods of a class.
	 * @param type the class of a bean, not of its proxy
	 * @return what its annotated methods ask for; empty if there are none
	 * @throws DispatchConfigurationException if one of them asks for what cannot be kept
	 */
	List<DispatchSpec> read(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, TYPES)) {
			return List.of();
		}
		List<DispatchSpec> specs = new ArrayList<>();
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type, DispatchAnnotations::isCandidate)) {
			Demand demand = demandOn(method, method);
			if (demand != null) {
				requireInterceptable(method);
			}
			else if (isInterceptable(method)) {
				demand = demandOn(type, method);
				if (demand != null) {
					requireNotFinal(method);
				}
			}
			if (demand != null) {
				specs.add(spec(type, method, demand));
			}
		}
		return List.copyOf(specs);
	}

	/**
	 * Says which methods have a {@code when}, without reading anything else.
	 * @param type the class of a bean
	 * @return the methods whose arguments an expression looks at
	 */
	static List<Method> withExpression(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, TYPES)) {
			return List.of();
		}
		return Stream.of(ReflectionUtils.getUniqueDeclaredMethods(type, DispatchAnnotations::isCandidate))
			.filter((method) -> {
				Demand own = demandOn(method, method);
				Demand demand = (own != null) ? own : demandOn(type, method);
				return demand != null && !demand.when().isBlank();
			})
			.toList();
	}

	private static boolean isCandidate(Method method) {
		return !method.isBridge() && !method.isSynthetic() && method.getDeclaringClass() != Object.class
				&& !ReflectionUtils.isObjectMethod(method);
	}

	private static @Nullable Demand demandOn(AnnotatedElement element, Method method) {
		IoBound io = AnnotatedElementUtils.findMergedAnnotation(element, IoBound.class);
		CpuBound cpu = AnnotatedElementUtils.findMergedAnnotation(element, CpuBound.class);
		if (io != null && cpu != null) {
			throw new DispatchConfigurationException(method, "is both @IoBound and @CpuBound",
					"Keep the one that fits what it does for longest.");
		}
		if (io != null) {
			return new Demand(io.when(), io.condition(), io.timeout(), io.dispatcher());
		}
		return (cpu != null) ? new Demand(cpu.when(), cpu.condition(), cpu.timeout(), cpu.dispatcher()) : null;
	}

	private static boolean isInterceptable(Method method) {
		return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
	}

	private static void requireInterceptable(Method method) {
		if (!isInterceptable(method)) {
			throw new DispatchConfigurationException(method, "cannot be dispatched: no proxy can intercept it",
					"Make it a non-private method of the object, or use Dispatchers.");
		}
		requireNotFinal(method);
	}

	private static void requireNotFinal(Method method) {
		if (Modifier.isFinal(method.getModifiers())) {
			throw new DispatchConfigurationException(method, "cannot be dispatched: it is final",
					"Remove 'final', or use Dispatchers.");
		}
	}

	private DispatchSpec spec(Class<?> type, Method method, Demand demand) {
		boolean typed = demand.condition() != DispatchCondition.class;
		boolean expressed = !demand.when().isBlank();
		if (typed && expressed) {
			throw new DispatchConfigurationException(method, "has both a 'when' and a 'condition'",
					"Keep one of them: an expression, or the type of a bean.");
		}
		return new DispatchSpec(method, type.getSimpleName() + "." + method.getName(), resolve(demand.dispatcher()),
				expressed ? WhenExpression.parse(demand.when(), method) : null, typed ? demand.condition() : null,
				timeout(demand, method), ReturnKind.of(method),
				ReflectionUtils.declaresException(method, InterruptedException.class));
	}

	private @Nullable Duration timeout(Demand demand, Method method) {
		String value = resolve(demand.timeout());
		if (value.isBlank()) {
			return null;
		}
		Duration timeout;
		try {
			timeout = DurationFormatterUtils.detectAndParse(value.trim());
		}
		catch (IllegalArgumentException ex) {
			throw new DispatchConfigurationException(method, "has a timeout that is not a duration: '" + value + "'",
					"Use a duration such as 500ms or PT2S.", ex);
		}
		if (timeout.isZero() || timeout.isNegative()) {
			throw new DispatchConfigurationException(method, "has a timeout that is not positive: '" + value + "'",
					"Use a positive duration, or none at all.");
		}
		return timeout;
	}

	private String resolve(String value) {
		String resolved = this.placeholders.apply(value);
		return (resolved != null) ? resolved : "";
	}

	/**
	 * The attributes of one annotation.
	 *
	 * @param when when to dispatch, as an expression
	 * @param condition the same, as the type of a bean
	 * @param timeout how long a call may take
	 * @param dispatcher the dispatcher's name
	 */
	private record Demand(String when, Class<? extends DispatchCondition> condition, String timeout,
			String dispatcher) {

	}

}
