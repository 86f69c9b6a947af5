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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.TargetClassAware;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Mono;

/**
 * The annotated methods of the application's beans. Filled while beans are created, read
 * by every call.
 */
public final class DispatchedMethods {

	/** The method whose dispatch has been decided by an adapter further up the stack. */
	private static final ThreadLocal<@Nullable DispatchedMethod> DECIDED = new ThreadLocal<>();

	/** Bounded by the annotated classes of the application. */
	private final Map<Class<?>, Map<Method, DispatchedMethod>> byType = new ConcurrentHashMap<>();

	/**
	 * The same for calls, which come with the class of their target and the method of the
	 * proxy: one of an interface, or a bridge, perhaps. Bounded by these.
	 */
	private final Map<Class<?>, Map<Method, DispatchedMethod>> byTarget = new ConcurrentHashMap<>();

	DispatchedMethods() {
	}

	/**
	 * Says whether a method is annotated and returns a plain value, so that its caller
	 * has to wait.
	 * @param method the method
	 * @param type the class of the bean
	 * @return whether callers wait
	 */
	public boolean isPlain(Method method, Class<?> type) {
		DispatchedMethod dispatched = find(method, type);
		return dispatched != null && dispatched.isPlain();
	}

	/**
	 * Calls an annotated method on behalf of an adapter that knows how to wait without
	 * holding its thread: at subscription, on the method's dispatcher, or in place where
	 * the annotation's {@code when} is false.
	 * @param method the annotated method
	 * @param type the class of the bean
	 * @param arguments the arguments of the call
	 * @param body calls the method through the bean's proxy while it is being subscribed
	 * to
	 * @param <T> the type of the element
	 * @return emits what the body emits
	 */
	public <T> Mono<T> mono(Method method, Class<?> type, @Nullable Object[] arguments, Supplier<Mono<T>> body) {
		DispatchedMethod dispatched = find(method, type);
		if (dispatched == null) {
			return Mono.defer(body);
		}
		return dispatched.mono(arguments, () -> Mono.from((subscriber) -> {
			DECIDED.set(dispatched);
			try {
				body.get().subscribe(subscriber);
			}
			finally {
				DECIDED.remove();
			}
		}));
	}

	boolean isEmpty(Class<?> type) {
		return !this.byType.containsKey(ClassUtils.getUserClass(type));
	}

	void add(Class<?> type, List<DispatchSpec> specs, Supplier<Dispatchers> dispatchers, ConditionBeans conditions) {
		Map<Method, DispatchedMethod> methods = new ConcurrentHashMap<>();
		for (DispatchSpec spec : specs) {
			methods.put(spec.method(),
					new DispatchedMethod(spec, dispatcher(spec, dispatchers.get()), conditions.of(spec)));
		}
		this.byType.putIfAbsent(ClassUtils.getUserClass(type), methods);
	}

	private static Dispatcher dispatcher(DispatchSpec spec, Dispatchers dispatchers) {
		if (!dispatchers.names().contains(spec.dispatcher())) {
			throw new DispatchConfigurationException(spec.method(),
					"asks for the dispatcher '" + spec.dispatcher() + "', which does not exist",
					"Use one of " + dispatchers.names().stream().sorted().toList()
							+ ", or configure one more, by support.dispatch.named." + spec.dispatcher() + ".threads.");
		}
		return dispatchers.get(spec.dispatcher());
	}

	private @Nullable DispatchedMethod find(Method method, Class<?> type) {
		Class<?> userType = ClassUtils.getUserClass(type);
		Map<Method, DispatchedMethod> methods = this.byType.get(userType);
		if (methods == null) {
			return null;
		}
		DispatchedMethod dispatched = methods.get(method);
		// A call through an interface, or through a bridge.
		return (dispatched != null) ? dispatched : methods.get(AopUtils.getMostSpecificMethod(method, userType));
	}

	private @Nullable DispatchedMethod called(Method method, Object target) {
		Map<Method, DispatchedMethod> methods = this.byTarget.get(target.getClass());
		DispatchedMethod known = (methods != null) ? methods.get(method) : null;
		return (known != null) ? known : look(method, target);
	}

	private @Nullable DispatchedMethod look(Method method, Object target) {
		DispatchedMethod dispatched = find(method, AopUtils.getTargetClass(target));
		// What another proxy stands for may change.
		if (dispatched != null && !(target instanceof TargetClassAware)) {
			this.byTarget.computeIfAbsent(target.getClass(), (key) -> new ConcurrentHashMap<>())
				.put(method, dispatched);
		}
		return dispatched;
	}

	/**
	 * Returns the advice of the beans' proxies.
	 * @return the advice
	 */
	MethodInterceptor interceptor() {
		return this::invoke;
	}

	private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		DispatchedMethod dispatched = (target != null) ? called(invocation.getMethod(), target) : null;
		if (dispatched == null) {
			return invocation.proceed();
		}
		if (DECIDED.get() == dispatched) {
			DECIDED.remove();
			return dispatched.proceedAsDecided(invocation);
		}
		return dispatched.invoke(invocation);
	}

}
