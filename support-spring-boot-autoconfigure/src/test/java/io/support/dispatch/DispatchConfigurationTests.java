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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What an annotation asks for and cannot be kept ends the start, with the method and the
 * way out.
 */
class DispatchConfigurationTests {

	@Test
	void whatCannotBeKeptIsRefusedAtStartUp() {
		assertRefused(PlainFuture.class, "PlainFuture.refused()", "java.util.concurrent.Future");
		assertRefused(PrivateMethod.class, "PrivateMethod.refused()", "no proxy can intercept it");
		assertRefused(StaticMethod.class, "StaticMethod.refused()", "no proxy can intercept it");
		assertRefused(FinalMethod.class, "FinalMethod.refused()", "it is final");
		assertRefused(FinalMethodOfClass.class, "FinalMethodOfClass.refused()", "it is final");
		assertRefused(Both.class, "Both.refused()", "both @IoBound and @CpuBound");
		assertRefused(UnknownDispatcher.class, "UnknownDispatcher.refused()", "'gpu'", "[cpu, io]");
		assertRefused(InvalidWhen.class, "InvalidWhen.refused(int)", "not valid SpEL", "#n >");
		assertRefused(UnknownVariable.class, "UnknownVariable.refused(int)", "#m", "#a0");
		assertRefused(InvalidTimeout.class, "InvalidTimeout.refused()", "not a duration", "soon");
		assertRefused(NegativeTimeout.class, "NegativeTimeout.refused()", "not positive", "-5ms");
	}

	@Test
	void suspendingFunctionIsRefused() throws Exception {
		// What the Kotlin compiler makes of "suspend fun refused(): String".
		Class<?> continuation = new ByteBuddy().makeInterface()
			.name("kotlin.coroutines.Continuation")
			.make()
			.load(null)
			.getLoaded();
		Class<?> type = new ByteBuddy().subclass(Object.class)
			.defineMethod("refused", Object.class, Visibility.PUBLIC)
			.withParameters(continuation)
			.intercept(FixedValue.nullValue())
			.make()
			.load(continuation.getClassLoader())
			.getLoaded();
		assertThatExceptionOfType(DispatchConfigurationException.class)
			.isThrownBy(() -> ReturnKind.of(type.getMethod("refused", continuation)))
			.withMessageContaining("suspending function");
	}

	private static void assertRefused(Class<?> type, String... parts) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			DispatchSettings.Pool pool = new DispatchSettings.Pool(1, 2);
			context.registerBean(Dispatchers.class, () -> Dispatchers
				.create(new DispatchSettings(pool, pool, Duration.ofSeconds(10)), System::nanoTime));
			context.registerBean(DispatchAnnotationBeanPostProcessor.class,
					() -> new DispatchAnnotationBeanPostProcessor(() -> context.getBean(Dispatchers.class)));
			context.registerBean(type);
			Throwable thrown = catchThrowable(context::refresh);
			while (thrown != null && !(thrown instanceof DispatchConfigurationException)) {
				thrown = thrown.getCause();
			}
			assertThat(thrown).as(type.getSimpleName()).isNotNull().hasMessageContainingAll(parts);
		}
	}

	static class PlainFuture {

		@IoBound
		Future<String> refused() {
			return CompletableFuture.completedFuture("");
		}

	}

	static class PrivateMethod {

		@IoBound
		@SuppressWarnings("UnusedMethod")
		private void refused() {
		}

	}

	static class StaticMethod {

		@IoBound
		static void refused() {
		}

	}

	static class FinalMethod {

		@IoBound
		final void refused() {
		}

	}

	@CpuBound
	public static class FinalMethodOfClass {

		public final void refused() {
		}

	}

	static class Both {

		@IoBound
		@CpuBound
		void refused() {
		}

	}

	static class UnknownDispatcher {

		@IoBound(dispatcher = "gpu")
		void refused() {
		}

	}

	static class InvalidWhen {

		@IoBound(when = "#n >")
		void refused(int n) {
		}

	}

	static class UnknownVariable {

		@IoBound(when = "#m > 3")
		void refused(int n) {
		}

	}

	static class InvalidTimeout {

		@IoBound(timeout = "soon")
		void refused() {
		}

	}

	static class NegativeTimeout {

		@IoBound(timeout = "-5ms")
		void refused() {
		}

	}

}
