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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the warning of calls on {@code this}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SelfCallTests {

	private static List<String> selfCalls(Class<?> type) {
		return SelfCalls.find(type, new DispatchAnnotations(UnaryOperator.identity()).read(type))
			.stream()
			.map((call) -> call.caller() + " -> " + call.callee().label())
			.toList();
	}

	@Test
	void callsOnThisAreFoundWhateverTheArguments() {
		assertThat(selfCalls(Signing.class)).containsExactlyInAnyOrder("Signing.plain -> Signing.sign",
				"Signing.computed -> Signing.sign", "Signing.chosen -> Signing.sign", "Signing.guarded -> Signing.sign",
				"Signing.nested -> Signing.sign", "Signing.wide -> Signing.mix", "Signing.inLambda -> Signing.sign",
				"Signing.byReference -> Signing.load", "Signing.inherited -> Signing.sign");
	}

	@Test
	void callsThatPassTheProxyOrRunInPlaceAnywayAreNot() {
		assertThat(selfCalls(Fine.class)).isEmpty();
	}

	@Test
	void startUpTellsOfThemAndOfTheWaysOut(CapturedOutput output) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			DispatchSettings.Pool pool = new DispatchSettings.Pool(1, 2);
			context.registerBean(Dispatchers.class, () -> Dispatchers
				.create(new DispatchSettings(pool, pool, Duration.ofSeconds(1)), System::nanoTime));
			context.registerBean(DispatchAnnotationBeanPostProcessor.class,
					() -> new DispatchAnnotationBeanPostProcessor(() -> context.getBean(Dispatchers.class)));
			context.register(Small.class, Fine.class);
			context.refresh();
			assertThat(output.getOut().lines().filter((line) -> line.contains("does not pass the proxy")))
				.singleElement()
				.asString()
				.contains("Small.all calls Small.one() on 'this'", "'io'", "@Lazy", "Dispatchers");
			assertThat(context.getBean(Small.class).all()).isEqualTo(Thread.currentThread().getName());
		}
	}

	static class Base {

		String inherited() {
			return sign("inherited");
		}

		String sign(String document) {
			return document;
		}

	}

	static class Signing extends Base {

		private int count;

		private @Nullable Signing self;

		@Override
		@CpuBound
		String sign(String document) {
			return document;
		}

		@IoBound
		String load() {
			return "";
		}

		@CpuBound
		String mix(long a, double b, @Nullable Object c) {
			return "";
		}

		String plain() {
			return this.sign("a");
		}

		String computed(String[] documents) {
			this.count++;
			return sign(documents[this.count].substring(this.count * 2).trim() + this.count + 'c');
		}

		String chosen(@Nullable String document) {
			return sign((document != null) ? document : (this.count > 3) ? "three" : "none");
		}

		String guarded(String document) {
			try {
				if (document.isEmpty()) {
					throw new IOException("empty");
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return sign(document);
		}

		String nested(String document) {
			return sign(sign(document));
		}

		String wide(long n, Object[] objects) {
			return mix(n * 3L + (int) n, (n > 0) ? 1.5 : n / 2.0, objects[0] instanceof String);
		}

		String inLambda(List<String> documents) {
			return String.join(",", documents.stream().map((document) -> sign(document)).toList());
		}

		Supplier<String> byReference() {
			return this::load;
		}

		String throughTheProxy(String document) {
			return (this.self != null) ? this.self.sign(document) : "";
		}

	}

	static class Fine {

		private final List<Fine> all = List.of();

		@IoBound
		String first() {
			return second() + third("x");
		}

		@IoBound
		String second() {
			return "";
		}

		@IoBound
		String third(String text) {
			return text + this.all.get(0).second();
		}

		String others(Fine other) {
			return other.second() + this.all.get(0).third(toString());
		}

		static String ofAnother(Fine fine) {
			return fine.second();
		}

	}

	static class Small {

		String all() {
			return one();
		}

		@IoBound
		String one() {
			return Thread.currentThread().getName();
		}

	}

}
