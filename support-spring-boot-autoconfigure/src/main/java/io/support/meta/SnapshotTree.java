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

package io.support.meta;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Turns a snapshot into a tree of maps, lists, strings, numbers and booleans, with the
 * secrets hidden: JSON and HTML are both written from it. Records and beans become maps
 * in the order of their declaration, times become ISO strings, numbers become
 * {@code long}s and {@code double}s, and what is no number ({@code NaN}) becomes
 * {@code null}.
 * <p>
 * Bounded, so that no contributor can make a page that fills the heap: beyond
 * {@value #MAX_VALUES} values, {@value #MAX_DEPTH} levels, {@value #MAX_TEXT} characters
 * in one text, {@value #MAX_KEY} in one key or {@value #MAX_TEXTS} in all, the rest is
 * left out, and the result says so. Thread-safe.
 */
final class SnapshotTree {

	static final int MAX_VALUES = 50_000;

	static final int MAX_DEPTH = 16;

	static final int MAX_TEXT = 8192;

	static final int MAX_KEY = 512;

	static final int MAX_TEXTS = 2_000_000;

	/** How a pair calls the half that names the other: {@code {name, value}}. */
	private static final Set<String> NAMES = Set.of("name", "key", "property");

	private final SecretMask mask;

	private final ClassValue<List<Property>> properties = new ClassValue<>() {

		@Override
		protected List<Property> computeValue(Class<?> type) {
			return Property.of(type);
		}

	};

	SnapshotTree(SecretMask mask) {
		this.mask = mask;
	}

	Result of(@Nullable Object snapshot) {
		Walk walk = new Walk();
		Object tree = walk.value("", "", snapshot, 0);
		return new Result(tree, walk.truncated);
	}

	private static @Nullable String nameOfPair(Map<?, ?> map) {
		if (!map.containsKey("value")) {
			return null;
		}
		return NAMES.stream()
			.map((name) -> map.get(name))
			.filter(CharSequence.class::isInstance)
			.map(Object::toString)
			.findFirst()
			.orElse(null);
	}

	private static boolean isScalar(Object value) {
		return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
				|| value instanceof Character || value instanceof Enum<?> || value instanceof TemporalAccessor
				|| value instanceof TemporalAmount || value instanceof Class<?> || value instanceof Throwable
				|| value.getClass().getName().startsWith("java.");
	}

	private static Iterable<?> elementsOf(Object array) {
		if (array instanceof Object[] objects) {
			return Arrays.asList(objects);
		}
		int length = Array.getLength(array);
		List<Object> elements = new ArrayList<>(Math.min(length, MAX_VALUES + 1));
		for (int i = 0; i < length && i <= MAX_VALUES; i++) {
			elements.add(Array.get(array, i));
		}
		return elements;
	}

	/**
	 * A tree.
	 *
	 * @param tree maps, lists and scalars
	 * @param truncated whether something was left out
	 */
	record Result(@Nullable Object tree, boolean truncated) {

	}

	private final class Walk {

		private int valuesLeft = MAX_VALUES;

		private int charactersLeft = MAX_TEXTS;

		private boolean truncated;

		@Nullable Object value(String path, String key, @Nullable Object value, int depth) {
			Object plain = (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
			if (plain instanceof Map<?, ?> map) {
				return structure(path, key, map, depth);
			}
			if (plain instanceof Iterable<?> elements && !(plain instanceof java.nio.file.Path)) {
				return list(path, key, elements, depth);
			}
			if (plain != null && plain.getClass().isArray()) {
				return list(path, key, elementsOf(plain), depth);
			}
			if (plain == null || isScalar(plain)) {
				return scalar(path, key, plain);
			}
			List<Property> found = SnapshotTree.this.properties.get(plain.getClass());
			return found.isEmpty() ? scalar(path, key, plain.toString())
					: structure(path, key, read(plain, found), depth);
		}

		private @Nullable Object structure(String path, String key, Map<?, ?> map, int depth) {
			if (SnapshotTree.this.mask.hidesStructure(key)) {
				return SecretMask.MASK;
			}
			Map<String, @Nullable Object> result = new LinkedHashMap<>();
			if (isTooDeep(depth)) {
				return result;
			}
			String name = nameOfPair(map);
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				if (!take()) {
					break;
				}
				String child = SnapshotTree.this.mask.text(cut(String.valueOf(entry.getKey()), MAX_KEY));
				String childPath = path.isEmpty() ? child : path + '.' + child;
				boolean pair = name != null && (child.equals("value") || NAMES.contains(child));
				String judged = (pair && child.equals("value")) ? String.valueOf(name) : pair ? "" : child;
				result.put(child, value(childPath, judged, entry.getValue(), depth + 1));
			}
			return result;
		}

		private @Nullable Object list(String path, String key, Iterable<?> elements, int depth) {
			if (SnapshotTree.this.mask.hidesStructure(key)) {
				return SecretMask.MASK;
			}
			List<@Nullable Object> result = new ArrayList<>();
			if (isTooDeep(depth)) {
				return result;
			}
			for (Object element : elements) {
				if (!take()) {
					break;
				}
				result.add(value(path + '[' + result.size() + ']', key, element, depth + 1));
			}
			return result;
		}

		private @Nullable Object scalar(String path, String key, @Nullable Object value) {
			return SnapshotTree.this.mask.apply(path, key, plain(value));
		}

		private @Nullable Object plain(@Nullable Object value) {
			if (value == null || value instanceof Boolean) {
				return value;
			}
			if (value instanceof Number number) {
				return number(number);
			}
			if (value instanceof Enum<?> constant) {
				return constant.name();
			}
			if (value instanceof Class<?> type) {
				return type.getName();
			}
			if (value instanceof Date date) {
				return date.toInstant().toString();
			}
			return cut(value.toString(), MAX_TEXT);
		}

		private @Nullable Number number(Number number) {
			double approximate = number.doubleValue();
			if (approximate == number.longValue() && !(number instanceof Double)) {
				return number.longValue();
			}
			return Double.isFinite(approximate) ? Double.valueOf(approximate) : null;
		}

		private String cut(String text, int max) {
			int length = Math.min(text.length(), Math.min(max, this.charactersLeft));
			this.charactersLeft -= length;
			if (length == text.length()) {
				return text;
			}
			this.truncated = true;
			return text.substring(0, length);
		}

		private boolean take() {
			if (this.valuesLeft == 0) {
				this.truncated = true;
				return false;
			}
			this.valuesLeft--;
			return true;
		}

		private boolean isTooDeep(int depth) {
			if (depth < MAX_DEPTH) {
				return false;
			}
			this.truncated = true;
			return true;
		}

		private Map<String, @Nullable Object> read(Object bean, List<Property> found) {
			Map<String, @Nullable Object> values = new LinkedHashMap<>();
			found.forEach((property) -> values.put(property.name(), property.read(bean)));
			return values;
		}

	}

	/**
	 * A component of a record, or a getter of a bean.
	 *
	 * @param name the name without "get"
	 * @param method what reads it
	 */
	private record Property(String name, Method method) {

		static List<Property> of(Class<?> type) {
			List<Property> found = new ArrayList<>();
			if (type.isRecord()) {
				for (RecordComponent component : type.getRecordComponents()) {
					found.add(new Property(component.getName(), component.getAccessor()));
				}
			}
			else {
				for (PropertyDescriptor descriptor : BeanUtils.getPropertyDescriptors(type)) {
					Method getter = descriptor.getReadMethod();
					if (getter != null && getter.getDeclaringClass() != Object.class) {
						found.add(new Property(descriptor.getName(), getter));
					}
				}
			}
			found.forEach((property) -> ReflectionUtils.makeAccessible(property.method()));
			return List.copyOf(found);
		}

		@Nullable Object read(Object bean) {
			return ReflectionUtils.invokeMethod(this.method, bean);
		}

	}

}
