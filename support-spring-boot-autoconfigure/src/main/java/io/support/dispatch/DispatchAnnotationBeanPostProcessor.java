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
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

/**
 * Gives beans with {@link IoBound @IoBound} or {@link CpuBound @CpuBound} methods a proxy
 * that dispatches their calls. Other advice of the same bean, such as a transaction, is
 * applied inside: it runs on the dispatcher's thread.
 * <p>
 * Reads each class once, and fails with a {@link DispatchConfigurationException} for what
 * cannot be kept.
 */
@SuppressWarnings("serial")
public final class DispatchAnnotationBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
		implements EmbeddedValueResolverAware {

	private static final Logger logger = LoggerFactory.getLogger(DispatchAnnotationBeanPostProcessor.class);

	/** Asked when the first annotated bean is created. */
	private final Supplier<Dispatchers> dispatchers;

	/** What the annotated methods of all beans do. */
	private final DispatchedMethods methods = new DispatchedMethods();

	/** What was read from each class. */
	private final Map<Class<?>, List<DispatchSpec>> specs = new ConcurrentHashMap<>();

	/** Resolves placeholders in the annotations. */
	private @Nullable StringValueResolver placeholders;

	/**
	 * Creates a post-processor.
	 * @param dispatchers gives the dispatchers; asked when the first annotated bean is
	 * created
	 */
	public DispatchAnnotationBeanPostProcessor(Supplier<Dispatchers> dispatchers) {
		this.dispatchers = dispatchers;
		setBeforeExistingAdvisors(true);
		this.advisor = new DefaultPointcutAdvisor(new AnnotatedMethods(), this.methods.interceptor());
	}

	/**
	 * Returns the annotated methods of all beans that were created so far.
	 * @return the methods
	 */
	public DispatchedMethods methods() {
		return this.methods;
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.placeholders = resolver;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = ClassUtils.getUserClass(AopUtils.getTargetClass(bean));
		if (!(bean instanceof AopInfrastructureBean) && isEligible(type) && this.methods.isEmpty(type)) {
			this.methods.add(type, specs(type), this.dispatchers, conditions());
			warnOfSelfCalls(type);
		}
		return super.postProcessAfterInitialization(bean, beanName);
	}

	private void warnOfSelfCalls(Class<?> type) {
		for (SelfCalls.SelfCall call : SelfCalls.find(type, specs(type))) {
			logger.warn("{} calls {}() on 'this', which does not pass the proxy: it runs in place instead of on the"
					+ " dispatcher '{}'. Move one of them to another bean, call it through a reference to the bean"
					+ " that is injected (@Lazy), or use Dispatchers", call.caller(), call.callee().label(),
					call.callee().dispatcher());
		}
	}

	private ConditionBeans conditions() {
		return new ConditionBeans(Objects.requireNonNull(this.beanFactory, "There is no bean factory"));
	}

	@Override
	protected boolean isEligible(Class<?> targetClass) {
		return !specs(ClassUtils.getUserClass(targetClass)).isEmpty();
	}

	private List<DispatchSpec> specs(Class<?> type) {
		List<DispatchSpec> specs = this.specs.get(type);
		if (specs == null) {
			specs = new DispatchAnnotations(this::resolve).read(type);
			this.specs.put(type, specs);
		}
		return specs;
	}

	private @Nullable String resolve(@Nullable String value) {
		StringValueResolver resolver = this.placeholders;
		return (resolver != null && value != null) ? resolver.resolveStringValue(value) : value;
	}

	/**
	 * Matches the methods that were read from the target class.
	 */
	private final class AnnotatedMethods extends StaticMethodMatcherPointcut {

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			Class<?> type = ClassUtils.getUserClass(targetClass);
			Method specific = AopUtils.getMostSpecificMethod(method, type);
			return specs(type).stream().anyMatch((spec) -> spec.method().equals(specific));
		}

	}

}
