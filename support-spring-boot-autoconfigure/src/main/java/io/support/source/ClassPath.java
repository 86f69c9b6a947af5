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

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Lists what is on the class path of a class loader: directories, jars, and the jars that
 * are in an executable jar of Spring Boot's. Jars that another one's manifest names are
 * found if they have a manifest themselves.
 */
final class ClassPath {

	private static final String MANIFEST = "META-INF/MANIFEST.MF";

	/** {@code spring-core-7.0.8.jar}. */
	private static final Pattern VERSIONED = Pattern.compile("(.+?)-(\\d[\\w.+-]*)");

	/** {@code /app.jar/!BOOT-INF/lib/x.jar}. */
	private static final Pattern NESTED = Pattern.compile("(.+?)/?!/?(.+)");

	private static final String JAR = ".jar";

	private final ClassLoader loader;

	ClassPath(ClassLoader loader) {
		this.loader = loader;
	}

	/**
	 * Looks what there is.
	 * @return the entries, in the order in which classes are looked for as far as that is
	 * known
	 */
	List<Entry> entries() {
		Set<String> locations = new LinkedHashSet<>();
		for (ClassLoader one = this.loader; one != null; one = one.getParent()) {
			if (one instanceof URLClassLoader known) {
				for (URL url : known.getURLs()) {
					locations.add(location(url.toString()));
				}
			}
		}
		for (String path : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
			if (!path.isEmpty()) {
				locations.add(Path.of(path).toAbsolutePath().normalize().toString());
			}
		}
		try {
			for (URL manifest : Collections.list(this.loader.getResources(MANIFEST))) {
				String url = manifest.toString();
				locations.add(location(url.substring(0, url.length() - MANIFEST.length())));
			}
		}
		catch (IOException ex) {
			// What was found already is shown.
		}
		Map<String, Map<String, Long>> outer = new HashMap<>();
		List<Entry> entries = new ArrayList<>();
		locations.forEach((location) -> {
			Entry entry = entry(location, outer);
			if (entry != null) {
				entries.add(entry);
			}
		});
		return entries;
	}

	/*
	 * jar:file:/x.jar!/, jar:nested:/app.jar/!BOOT-INF/lib/x.jar!/, file:/directory/
	 */
	private static String location(String url) {
		String location = url;
		for (String scheme : List.of("jar:", "nested:", "file:")) {
			location = location.startsWith(scheme) ? location.substring(scheme.length()) : location;
		}
		try {
			location = URLDecoder.decode(location.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// A class loader of somebody's own that does not encode: it is what it is.
		}
		for (String end : List.of("/", "!")) {
			location = location.endsWith(end) ? location.substring(0, location.length() - end.length()) : location;
		}
		return location;
	}

	private static @Nullable Entry entry(String location, Map<String, Map<String, Long>> outer) {
		Matcher nested = NESTED.matcher(location);
		if (nested.matches()) {
			Long size = outer.computeIfAbsent(nested.group(1), ClassPath::sizes).get(nested.group(2));
			return named(nested.group(2), "nested", location, size);
		}
		try {
			Path path = Path.of(location);
			if (Files.isDirectory(path)) {
				return new Entry(String.valueOf(path.getFileName()), null, "directory", location, null, false);
			}
			return Files.isRegularFile(path) ? named(location, "jar", location, Files.size(path)) : null;
		}
		catch (IOException | InvalidPathException ex) {
			return null;
		}
	}

	private static Entry named(String path, String kind, String location, @Nullable Long size) {
		String file = path.substring(path.lastIndexOf('/') + 1);
		String bare = file.endsWith(JAR) ? file.substring(0, file.length() - JAR.length()) : file;
		boolean sources = bare.endsWith("-sources");
		String base = sources ? bare.substring(0, bare.length() - "-sources".length()) : bare;
		Matcher versioned = VERSIONED.matcher(base);
		return versioned.matches() ? new Entry(versioned.group(1), versioned.group(2), kind, location, size, sources)
				: new Entry(base, null, kind, location, size, sources);
	}

	private static Map<String, Long> sizes(String jar) {
		Map<String, Long> sizes = new HashMap<>();
		try (JarFile file = new JarFile(jar)) {
			file.stream()
				.filter((entry) -> entry.getName().endsWith(JAR))
				.forEach((entry) -> sizes.put(entry.getName(), entry.getSize()));
		}
		catch (IOException ex) {
			// Without sizes, then.
		}
		return sizes;
	}

	/**
	 * A part of the class path.
	 *
	 * @param name its name without the version
	 * @param version its version, as the name of the file says
	 * @param kind {@code jar}, {@code nested} in another jar, or {@code directory}
	 * @param location where it is
	 * @param sizeBytes how large the file is
	 * @param sources whether it holds sources
	 */
	record Entry(String name, @Nullable String version, String kind, String location, @Nullable Long sizeBytes,
			boolean sources) {

	}

}
