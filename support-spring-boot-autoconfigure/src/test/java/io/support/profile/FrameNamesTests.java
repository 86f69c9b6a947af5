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

package io.support.profile;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameNames}.
 */
class FrameNamesTests {

	private final FrameNames names = new FrameNames(List.of("com.example.shop", ""));

	@ParameterizedTest
	@CsvSource({ "com.example.shop.Orders, APPLICATION", "com.example.shop.orders.Orders, APPLICATION",
			"com.example.shopping.Orders, LIBRARY", "org.springframework.Foo, LIBRARY", "java.lang.Thread, JDK",
			"jdk.internal.misc.Unsafe, JDK", "sun.nio.ch.Net, JDK", "javax.crypto.Mac, JDK",
			"javax.servlet.Filter, LIBRARY", "Main, LIBRARY" })
	void packageSaysWhoseAMethodIs(String className, FrameKind kind) {
		assertThat(this.names.method(className, "run")).isEqualTo(new Frame(className + ".run", kind));
	}

	@ParameterizedTest
	@CsvSource({ "com.example.A$$Lambda$14.0x0000000800c03000, com.example.A$$Lambda",
			"com.example.A$$Lambda/0x0000000800c03000, com.example.A$$Lambda",
			"com.example.A$$Lambda+0x00007f8a4c0011f8.1234567, com.example.A$$Lambda",
			"java.lang.invoke.LambdaForm$MH.0x0000000800c01400, java.lang.invoke.LambdaForm$MH",
			"java.lang.invoke.LambdaForm$MH+0x00007f8a.77, java.lang.invoke.LambdaForm$MH",
			"jdk.internal.reflect.GeneratedMethodAccessor12, jdk.internal.reflect.GeneratedMethodAccessor",
			"jdk.proxy2.$Proxy55, jdk.proxy2.$Proxy", "com.example.A$$SpringCGLIB$$0, com.example.A$$SpringCGLIB$$0",
			"com.example.A, com.example.A", "[B, byte[]", "[[J, long[][]", "[Ljava.lang.String;, java.lang.String[]",
			"[[Lcom.example.A;, com.example.A[][]" })
	void whatTheJvmNumbersHasOneName(String className, String expected) {
		assertThat(FrameNames.type(className)).isEqualTo(expected);
	}

	@Test
	void threadsOfOnePoolAreOne() {
		assertThat(this.names.threads("reactor-http-epoll-12", false))
			.isEqualTo(this.names.threads("reactor-http-epoll-3", false))
			.isEqualTo(new Frame("reactor-http-epoll-*", FrameKind.THREAD));
		assertThat(this.names.threads("", true).name()).isEqualTo("virtual threads");
		assertThat(this.names.threads(null, false).name()).isEqualTo("threads without name");
	}

	@Test
	void longNamesAreCut() {
		String longName = "x".repeat(100_000);
		assertThat(this.names.threads(longName, false).name()).hasSize(FrameNames.MAX_NAME);
		assertThat(this.names.method("a.B", longName).name()).hasSize(FrameNames.MAX_NAME);
		assertThat(FrameNames.type(longName)).hasSize(FrameNames.MAX_NAME);
	}

}
