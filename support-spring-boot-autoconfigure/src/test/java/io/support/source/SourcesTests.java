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

package io.support.source;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.support.concurrent.OneAtATime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Sources}, {@link ClassPath}, {@link ClassFile} and
 * {@link LoadedClasses}.
 */
class SourcesTests {

	@TempDir
	private Path directory;

	private final Sources sources = sources(getClass().getClassLoader());

	private static Sources sources(ClassLoader loader) {
		return new Sources(loader, new OneAtATime(), () -> Instant.parse("2026-01-01T00:00:00Z"));
	}

	@Test
	void classWithoutSourceHasItsSignature() throws IOException {
		SourceSnapshot.TypeSource type = (SourceSnapshot.TypeSource) this.sources
			.type("org.springframework.util.StringUtils", null)
			.orElseThrow();
		assertThat(type.origin()).contains("spring-core");
		assertThat(type.file()).isEqualTo("StringUtils.java");
		assertThat(type.source()).isEmpty();
		assertThat(type.unavailable()).contains("-sources.jar");
		assertThat(type.signature().get(0)).isEqualTo("public abstract class org.springframework.util.StringUtils");
		assertThat(type.signature()).contains("public static boolean hasText(java.lang.String)");
	}

	@Test
	void classOfTheJdkIsKnownToo() throws IOException {
		SourceSnapshot.TypeSource type = (SourceSnapshot.TypeSource) this.sources.type("java.lang.Runnable", null)
			.orElseThrow();
		assertThat(type.origin()).contains("java.base");
		assertThat(type.signature()).containsExactly("public interface java.lang.Runnable",
				"public abstract void run()");
	}

	@Test
	void sourceOnTheClassPathIsShown() throws IOException {
		String name = Sources.class.getName();
		Path jar = this.directory.resolve("support-1.0-sources.jar");
		try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out)) {
			entries.putNextEntry(new JarEntry(name.replace('.', '/') + ".java"));
			entries.write("first line\n\tclass <script>\nlast".getBytes(StandardCharsets.UTF_8));
		}
		try (URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() },
				getClass().getClassLoader())) {
			SourceSnapshot.TypeSource type = (SourceSnapshot.TypeSource) sources(loader).type(name, 2).orElseThrow();
			assertThat(type.source()).containsExactly("first line", "\tclass <script>", "last");
			assertThat(type.line()).isEqualTo(2);
			assertThat(type.unavailable()).isNull();
			assertThat(sources(loader).overview(List.of()).jars()).anySatisfy((one) -> {
				assertThat(one.name()).isEqualTo("support");
				assertThat(one.version()).isEqualTo("1.0");
				assertThat(one.sources()).isTrue();
				assertThat(one.sizeBytes()).isPositive();
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "../secret", "/etc/passwd", "META-INF/MANIFEST", "a..b",
			"application.properties ", "io/support/source/Sources", "io.support\\source",
			"io.support.source.Sources\u0000", "C:.x", "1a", "%2e%2e", "io.support.source.No", "<script>" })
	void whatIsNoClassIsNotThere(String name) throws IOException {
		assertThat(this.sources.type(name, null)).isEmpty();
	}

	@Test
	void nothingIsLoadedForIt() throws IOException {
		Path classes = Files.createDirectories(this.directory.resolve("shop"));
		Files.write(classes.resolve("Evil.class"), new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 });
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.directory.toUri().toURL() }, null)) {
			assertThat(sources(loader).type("shop.Evil", null))
				.hasValueSatisfying((type) -> assertThat(((SourceSnapshot.TypeSource) type).unavailable())
					.startsWith("The class file"));
		}
	}

	@Test
	void jarsAndModulesAreListed() {
		SourceSnapshot.Overview overview = this.sources.overview(List.of());
		assertThat(overview.jars()).anySatisfy((jar) -> {
			assertThat(jar.name()).isEqualTo("spring-core");
			assertThat(jar.version()).startsWith("7.");
			assertThat(jar.kind()).isEqualTo("jar");
			assertThat(jar.sizeBytes()).isGreaterThan(100_000);
		});
		assertThat(overview.jars()).anySatisfy((jar) -> assertThat(jar.kind()).isEqualTo("directory"));
		assertThat(overview.modules()).extracting(SourceSnapshot.JavaModule::name).contains("java.base");
		assertThat(overview.loadedClasses()).isPositive();
	}

	@Test
	void jarsInAnExecutableJarHaveTheirSizes() throws IOException {
		Path jar = this.directory.resolve("app.jar");
		try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out)) {
			entries.putNextEntry(new JarEntry("BOOT-INF/lib/orders-2.1-RELEASE.jar"));
			entries.write(new byte[321]);
		}
		ClassLoader loader = new ClassLoader(null) {

			@Override
			public Enumeration<URL> getResources(String name) throws IOException {
				return Collections.enumeration(List.of(new URL(null,
						"jar:nested:" + jar + "/!BOOT-INF/lib/orders-2.1-RELEASE.jar!/" + name, new NoStreams())));
			}

		};
		assertThat(new ClassPath(loader).entries()).contains(new ClassPath.Entry("orders", "2.1-RELEASE", "nested",
				jar + "/!BOOT-INF/lib/orders-2.1-RELEASE.jar", 321L, false));
	}

	@Test
	void loadedClassesAreSearched() throws Exception {
		SourceSnapshot.Search search = this.sources.search("SOURCE.sources");
		assertThat(search.unavailable()).isNull();
		assertThat(search.classes()).extracting(SourceSnapshot.Named::name)
			.contains("io.support.source.Sources", "io.support.source.SourcesTests");
		SourceSnapshot.Search many = this.sources.search("java");
		assertThat(many.matches()).isGreaterThan(LoadedClasses.MAX_FOUND);
		assertThat(many.classes()).hasSize(LoadedClasses.MAX_FOUND);
		assertThat(this.sources.search("<script>").classes()).isEmpty();
	}

	@Test
	void hierarchyIsRead() {
		assertThat(LoadedClasses.parse("""
				java.lang.Object/null
				|--a.Tree/0x00007fc8ec121030 (intf)
				|--a.List$1/null
				|  |--a.Sub$$Lambda$155/0x00007fc870119ea8/0x00007fc8ec121030
				|  |  |--a.Deep/null
				""")).containsExactly("a.Deep", "a.List$1", "a.Sub$$Lambda$155", "a.Tree", "java.lang.Object");
	}

	/** An address that nobody opens. */
	private static final class NoStreams extends URLStreamHandler {

		@Override
		protected URLConnection openConnection(URL url) throws IOException {
			throw new IOException("not opened");
		}

	}

}
