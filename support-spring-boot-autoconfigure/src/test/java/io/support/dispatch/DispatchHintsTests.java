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

import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is prepared for a native image.
 */
class DispatchHintsTests {

	@Test
	void argumentsOfExpressionsCanBeLookedAt() throws Exception {
		RuntimeHints hints = process(Documents.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Document.class.getMethod("pages")))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Other.class.getMethod("size")))
			.rejects(hints);
	}

	private static RuntimeHints process(Class<?> bean) {
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get("test", "Generated")), new InMemoryGeneratedFiles());
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Application.class);
			context.registerBeanDefinition("bean", new RootBeanDefinition(bean));
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		return generation.getRuntimeHints();
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Dispatchers dispatchers() {
			DispatchSettings.Pool pool = new DispatchSettings.Pool(1, 2);
			return Dispatchers.create(new DispatchSettings(pool, pool, Duration.ofSeconds(1)), System::nanoTime);
		}

		@Bean
		static DispatchAnnotationBeanPostProcessor postProcessor(ObjectProvider<Dispatchers> dispatchers) {
			return new DispatchAnnotationBeanPostProcessor(dispatchers::getObject);
		}

	}

	public record Document(int pages) {

	}

	public record Other(int size) {

	}

	public static class Documents {

		@CpuBound(when = "#a0.pages() > 10")
		public void sign(Document document) {
		}

		@CpuBound
		public void count(Other other) {
		}

	}

}
