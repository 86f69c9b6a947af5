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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DispatchCondition} beans.
 */
class DispatchConditionTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	private void start(Class<?>... beans) {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(1, 2);
		DispatchSettings settings = new DispatchSettings(pool, pool, Duration.ofSeconds(10));
		this.context.registerBean(Dispatchers.class,
				() -> Dispatchers.create(settings, System::nanoTime, this.registry));
		this.context.registerBean(DispatchAnnotationBeanPostProcessor.class,
				() -> new DispatchAnnotationBeanPostProcessor(() -> this.context.getBean(Dispatchers.class)));
		this.context.register(beans);
		this.context.refresh();
	}

	@Test
	void decidesOnTheArgumentsOfEachCall() throws Exception {
		start(Documents.class, Large.class);
		Documents documents = this.context.getBean(Documents.class);
		String here = Thread.currentThread().getName();
		assertThat(documents.sign("short")).isEqualTo(here);
		assertThat(documents.sign("long enough")).startsWith("support-cpu-");
		assertThat(documents.signLater("short").get(10, TimeUnit.SECONDS)).isEqualTo(here);
		assertThat(documents.signLater("long enough").get(10, TimeUnit.SECONDS)).startsWith("support-cpu-");
		assertThat(this.registry.get("support.dispatch.inline")
			.tags("method", "Documents.sign", "reason", "when")
			.functionCounter()
			.count()).isOne();
		assertThat(this.context.getBean(Large.class).asked).isEqualTo("sign");
	}

	@Test
	void itsFailureIsTheCalls() {
		start(Documents.class, Large.class);
		assertThatIllegalArgumentException().isThrownBy(() -> this.context.getBean(Documents.class).sign(""))
			.withMessage("empty");
	}

	@Test
	void hasToBeTheOnlyBeanOfItsType() {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> start(Documents.class))
			.withRootCauseInstanceOf(DispatchConfigurationException.class)
			.havingRootCause()
			.withMessageContaining("Documents.sign")
			.withMessageContaining("Large, of which there is no bean")
			.withMessageContaining("@Component");
	}

	@Test
	void twoBeansAreOneTooMany() {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> start(Documents.class, Large.class, VeryLarge.class))
			.havingRootCause()
			.withMessageContaining("of which there are 2 beans");
	}

	@Test
	void expressionBesideItIsRefused() {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> start(Ambiguous.class, Large.class))
			.havingRootCause()
			.withMessageContaining("both a 'when' and a 'condition'");
	}

	static class Large implements DispatchCondition {

		private @Nullable String asked;

		@Override
		public boolean isDispatched(Method method, @Nullable Object[] arguments) {
			if (!(arguments[0] instanceof String document) || document.isEmpty()) {
				throw new IllegalArgumentException("empty");
			}
			this.asked = (this.asked != null) ? this.asked : method.getName();
			return document.length() > 5;
		}

	}

	static class VeryLarge extends Large {

	}

	static class Documents {

		@CpuBound(condition = Large.class)
		String sign(String document) {
			return Thread.currentThread().getName();
		}

		@CpuBound(condition = Large.class)
		CompletableFuture<String> signLater(String document) {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

	}

	static class Ambiguous {

		@CpuBound(when = "#a0 > 1", condition = Large.class)
		void sign(int size) {
		}

	}

}
