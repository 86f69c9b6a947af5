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

package io.support.dispatch.web;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;
import org.springframework.validation.method.MethodValidator;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.HandlerMethodValidator;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.InvocableHandlerMethod;
import org.springframework.web.reactive.result.method.annotation.ModelAttributeMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestParamMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.support.dispatch.DispatchedMethods;

/**
 * Runs annotated controller methods with a plain return type on their dispatcher, so that
 * the event loop need not wait for them. All other handlers are left to WebFlux.
 * <p>
 * WebFlux's own {@code BlockingExecutionConfigurer} moves every call of a method to one
 * executor before it resolves the arguments. Here the arguments are resolved first, on
 * the event loop: only then is it known whether the annotation's {@code when} wants the
 * call dispatched, it goes through one queue once, and each method has a dispatcher of
 * its own.
 */
public final class DispatchHandlerAdapter implements HandlerAdapter, Ordered {

	/*
	 * A method that every bean has, that takes nothing, does nothing and never returns
	 * null: see prepare().
	 */
	private static final Method GET_CLASS = ClassUtils.getMethod(Object.class, "getClass");

	private static final boolean VALIDATION = ClassUtils.isPresent("jakarta.validation.Validator",
			DispatchHandlerAdapter.class.getClassLoader());

	private final RequestMappingHandlerAdapter delegate;

	private final DispatchedMethods methods;

	/**
	 * Creates an adapter.
	 * @param delegate the adapter of WebFlux, which resolves arguments and handles
	 * exceptions
	 * @param methods the annotated methods
	 */
	public DispatchHandlerAdapter(RequestMappingHandlerAdapter delegate, DispatchedMethods methods) {
		this.delegate = delegate;
		this.methods = methods;
	}

	@Override
	public int getOrder() {
		return 0;
	}

	@Override
	public boolean supports(Object handler) {
		return handler instanceof HandlerMethod method
				&& this.methods.isPlain(method.getMethod(), method.getBeanType());
	}

	@Override
	public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
		HandlerMethod method = (HandlerMethod) handler;
		return prepare(exchange, method).flatMap((prepared) -> handle(exchange, method, prepared));
	}

	/*
	 * WebFlux shows neither its argument resolvers nor the binding context and exception
	 * handler that it makes for each request. A result carries all of them, so the
	 * delegate is asked to handle a method of the same controller that does nothing:
	 * model attributes and binders of the controller are initialized on the way.
	 */
	private Mono<HandlerResult> prepare(ServerWebExchange exchange, HandlerMethod method) {
		return this.delegate.handle(exchange, new HandlerMethod(method.getBean(), GET_CLASS));
	}

	private Mono<HandlerResult> handle(ServerWebExchange exchange, HandlerMethod method, HandlerResult prepared) {
		if (!(prepared.getHandler() instanceof InvocableHandlerMethod prototype)
				|| !prototype.getMethod().equals(GET_CLASS)) {
			// Not the result that was asked for: the preparation failed and was handled.
			return Mono.just(prepared);
		}
		Mono<HandlerResult> result = Mono
			.defer(() -> resolveAndInvoke(exchange, method, prototype.getResolvers(), prepared.getBindingContext()));
		DispatchExceptionHandler exceptionHandler = prepared.getExceptionHandler();
		if (exceptionHandler == null) {
			return result;
		}
		return result.doOnNext((answer) -> answer.setExceptionHandler(exceptionHandler))
			.onErrorResume((failure) -> exceptionHandler.handleError(exchange, failure));
	}

	private Mono<HandlerResult> resolveAndInvoke(ServerWebExchange exchange, HandlerMethod method,
			List<HandlerMethodArgumentResolver> resolvers, BindingContext context) {
		MethodValidator validator = (VALIDATION && method.shouldValidateArguments()) ? validator(resolvers) : null;
		context.setMethodValidationApplicable(validator != null);
		return resolve(exchange, method, resolvers, context).flatMap((arguments) -> {
			InvocableHandlerMethod invocable = new InvocableHandlerMethod(method);
			invocable.setArgumentResolvers(List.of(new ResolvedArguments(arguments)));
			invocable.setReactiveAdapterRegistry(registry());
			invocable.setMethodValidator(validator);
			return this.methods.mono(method.getMethod(), method.getBeanType(), arguments,
					() -> invocable.invoke(exchange, context));
		});
	}

	private ReactiveAdapterRegistry registry() {
		ReactiveAdapterRegistry registry = this.delegate.getReactiveAdapterRegistry();
		return (registry != null) ? registry : ReactiveAdapterRegistry.getSharedInstance();
	}

	private @Nullable MethodValidator validator(List<HandlerMethodArgumentResolver> resolvers) {
		return HandlerMethodValidator.from(this.delegate.getWebBindingInitializer(), null,
				(parameter) -> resolver(resolvers, parameter) instanceof ModelAttributeMethodArgumentResolver,
				(parameter) -> resolver(resolvers, parameter) instanceof RequestParamMethodArgumentResolver);
	}

	private static Mono<@Nullable Object[]> resolve(ServerWebExchange exchange, HandlerMethod method,
			List<HandlerMethodArgumentResolver> resolvers, BindingContext context) {
		List<Mono<Optional<Object>>> arguments = new ArrayList<>();
		for (MethodParameter parameter : method.getMethodParameters()) {
			parameter.initParameterNameDiscovery(DefaultParameterNameDiscoverer.getSharedInstance());
			arguments.add(resolver(resolvers, parameter).resolveArgument(parameter, context, exchange)
				.map(Optional::of)
				.defaultIfEmpty(Optional.empty()));
		}
		return arguments.isEmpty() ? Mono.just(new Object[0]) : Mono.zip(arguments,
				(values) -> Stream.of(values).map((value) -> ((Optional<?>) value).orElse(null)).toArray());
	}

	private static HandlerMethodArgumentResolver resolver(List<HandlerMethodArgumentResolver> resolvers,
			MethodParameter parameter) {
		for (HandlerMethodArgumentResolver resolver : resolvers) {
			if (resolver.supportsParameter(parameter)) {
				return resolver;
			}
		}
		throw new IllegalStateException("No suitable resolver for parameter " + parameter.getParameterIndex() + " of "
				+ parameter.getExecutable().toGenericString());
	}

	/**
	 * Gives WebFlux the arguments that have been resolved already.
	 */
	private static final class ResolvedArguments implements HandlerMethodArgumentResolver {

		private final @Nullable Object[] values;

		private ResolvedArguments(@Nullable Object[] values) {
			this.values = values;
		}

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return true;
		}

		@Override
		public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext context,
				ServerWebExchange exchange) {
			return Mono.justOrEmpty(this.values[parameter.getParameterIndex()]);
		}

	}

}
