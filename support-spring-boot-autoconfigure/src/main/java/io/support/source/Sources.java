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
import java.io.InputStream;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.support.concurrent.OneAtATime;
import io.support.source.SourceSnapshot.Overview;

/**
 * Answers what code runs: an overview, a search among the loaded classes, and one class
 * with its source. Thread-safe.
 * <p>
 * A class is named by its name, which has to be one: no path can be asked for. What is
 * read comes from the class loader of the application, and is a class file, or the source
 * file that it names, in the same package.
 */
public final class Sources {

	static final int MAX_LINES = 10_000;

	private static final int MAX_LINE = 500;

	private static final int MAX_NAME = 512;

	private static final int MAX_BYTES = 4 * 1024 * 1024;

	private static final Pattern SOURCE_FILE = Pattern.compile("[\\w$-]+\\.(java|kt|kts|groovy|scala)");

	private final ClassLoader loader;

	private final ClassPath classPath;

	private final LoadedClasses loaded;

	private @Nullable List<ClassPath.Entry> entries;

	/**
	 * Creates one for the classes of an application.
	 * @param loader finds them
	 * @param heavy lets one operation run at a time
	 * @param time gives the time
	 */
	public Sources(ClassLoader loader, OneAtATime heavy, InstantSource time) {
		this(loader, new LoadedClasses(heavy, time));
	}

	Sources(ClassLoader loader, LoadedClasses loaded) {
		this.loader = loader;
		this.classPath = new ClassPath(loader);
		this.loaded = loaded;
	}

	/**
	 * Lists modules and jars.
	 * @param dispatched which methods are dispatched and how often, as others know it
	 * @return the overview
	 */
	public Overview overview(List<?> dispatched) {
		ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
		List<SourceSnapshot.Jar> jars = entries().stream()
			.map((entry) -> new SourceSnapshot.Jar(entry.name(), entry.version(), entry.kind(), entry.sizeBytes(),
					entry.sources(), entry.location()))
			.toList();
		return new Overview(classes.getLoadedClassCount(), classes.getTotalLoadedClassCount(),
				classes.getUnloadedClassCount(), this.loader.getClass().getName(), this.loaded.unavailable(),
				dispatched, jars, modules());
	}

	/* It does not change while the JVM runs. */
	private synchronized List<ClassPath.Entry> entries() {
		List<ClassPath.Entry> known = this.entries;
		if (known == null) {
			known = this.classPath.entries();
			this.entries = known;
		}
		return known;
	}

	private static List<SourceSnapshot.JavaModule> modules() {
		List<SourceSnapshot.JavaModule> modules = new ArrayList<>();
		for (Module module : ModuleLayer.boot().modules()) {
			ModuleDescriptor descriptor = module.getDescriptor();
			modules.add(new SourceSnapshot.JavaModule(module.getName(), descriptor.rawVersion().orElse(null),
					module.getPackages().size(), descriptor.isAutomatic()));
		}
		modules.sort(Comparator.comparing(SourceSnapshot.JavaModule::name));
		return modules;
	}

	/**
	 * Searches the classes that are loaded.
	 * @param text what the name has in it, in any case
	 * @return what was found, a bounded number
	 * @throws OneAtATime.BusyException if a heavy operation is running
	 * @throws Exception if the JVM refuses
	 */
	public SourceSnapshot.Search search(String text) throws Exception {
		String unavailable = this.loaded.unavailable();
		if (unavailable != null) {
			return new SourceSnapshot.Search(0, LoadedClasses.MAX_FOUND, unavailable, List.of(), SourceSnapshot.LINKED);
		}
		LoadedClasses.Found found = this.loaded.search(text.strip());
		return new SourceSnapshot.Search(found.matches(), LoadedClasses.MAX_FOUND, null,
				found.names().stream().map(SourceSnapshot.Named::new).toList(), SourceSnapshot.LINKED);
	}

	/**
	 * Shows a class.
	 * @param name its name
	 * @param line the line that is looked for; {@code null} for none
	 * @return the class; empty if there is none of that name
	 * @throws IOException if it cannot be read
	 */
	public Optional<Object> type(String name, @Nullable Integer line) throws IOException {
		if (!isName(name)) {
			return Optional.empty();
		}
		String path = name.replace('.', '/');
		URL location = this.loader.getResource(path + ".class");
		byte[] content = read(path + ".class");
		if (location == null || content == null) {
			return Optional.empty();
		}
		String origin = location.toString().substring(0, location.toString().length() - ".class".length());
		origin = origin.endsWith(path) ? origin.substring(0, origin.length() - path.length()) : origin;
		try {
			ClassFile file = ClassFile.read(content);
			List<String> source = source(path, file.sourceFile());
			return Optional.of(new SourceSnapshot.TypeSource(name, origin, file.sourceFile(), line,
					(source != null) ? null
							: "No source of it is on the class path: add the -sources.jar, or the "
									+ "directory with the sources",
					(source != null) ? source : List.of(), file.signature()));
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			// It is of a later version, or no class file at all.
			return Optional.of(new SourceSnapshot.TypeSource(name, origin, null, line,
					"The class file cannot be read: " + ex.getMessage(), List.of(), List.of()));
		}
	}

	/**
	 * Says whether this is the name of a class, and so nothing that could leave the class
	 * path.
	 * @param name what was asked for
	 * @return whether it is identifiers with dots between them
	 */
	static boolean isName(String name) {
		if (name.isEmpty() || name.length() > MAX_NAME) {
			return false;
		}
		for (String part : name.split("\\.", -1)) {
			if (part.isEmpty() || !Character.isJavaIdentifierStart(part.charAt(0))
					|| !part.chars().allMatch(Character::isJavaIdentifierPart)
					|| part.chars().anyMatch(Character::isIdentifierIgnorable)) {
				return false;
			}
		}
		return true;
	}

	/* Whoever made the class file may have written anything into it. */
	private @Nullable List<String> source(String path, @Nullable String file) throws IOException {
		if (file == null || !SOURCE_FILE.matcher(file).matches()) {
			return null;
		}
		byte[] content = read(path.substring(0, path.lastIndexOf('/') + 1) + file);
		if (content == null) {
			return null;
		}
		return new String(content, StandardCharsets.UTF_8).lines()
			.limit(MAX_LINES)
			.map((text) -> (text.length() <= MAX_LINE) ? text : text.substring(0, MAX_LINE) + "...")
			.toList();
	}

	private byte @Nullable [] read(String resource) throws IOException {
		try (InputStream in = this.loader.getResourceAsStream(resource)) {
			return (in != null) ? in.readNBytes(MAX_BYTES) : null;
		}
	}

}
