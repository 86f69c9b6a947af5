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

package io.support.heap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The last class histogram.
 *
 * @param unavailable why there is none; {@code null} where there is
 * @param note what taking one does to the application
 * @param takenAt when it was taken
 * @param nextAt until when it is shown again
 * @param live whether garbage was collected for it, and is not in it
 * @param tookMillis how long it took; the application stood still for most of it
 * @param classes how many classes have objects
 * @param instances how many objects there are
 * @param totalBytes how much memory they take
 * @param comparedTo when the histogram was taken with which it is compared
 * @param growth the classes that have grown most since then
 * @param packages memory by package
 * @param largest the classes that take most
 */
public record HeapSnapshot(@Nullable String unavailable, String note, @Nullable Instant takenAt,
		@Nullable Instant nextAt, boolean live, long tookMillis, int classes, long instances, long totalBytes,
		@Nullable Instant comparedTo, List<Growth> growth, List<PackageShare> packages, List<ClassShare> largest) {

	static final int MAX_GROWN = 50;

	static final int MAX_PACKAGES = 100;

	static final int MAX_SHOWN = 500;

	private static final String NOTE = "The JVM stands still while it counts. Garbage is counted as well, unless it is "
			+ "collected first: POST {\"action\": \"collect\"}, which takes longer and needs unrestricted access.";

	static HeapSnapshot unavailable(String reason) {
		return new HeapSnapshot(reason, NOTE, null, null, false, 0, 0, 0, 0, null, List.of(), List.of(), List.of());
	}

	static HeapSnapshot of(ClassHistogram histogram, Instant nextAt, @Nullable Instant comparedTo,
			List<Growth> growth) {
		Map<String, Long> byPackage = new LinkedHashMap<>();
		histogram.largest().forEach((entry) -> byPackage.merge(entry.packageName(), entry.bytes(), Long::sum));
		double total = Math.max(1, histogram.bytes());
		List<PackageShare> packages = byPackage.entrySet()
			.stream()
			.map((entry) -> new PackageShare(entry.getKey(), entry.getValue(), entry.getValue() / total))
			.sorted(Comparator.comparingLong(PackageShare::usedBytes).reversed())
			.limit(MAX_PACKAGES)
			.toList();
		List<ClassShare> largest = new ArrayList<>();
		for (ClassHistogram.Entry entry : histogram.largest()
			.subList(0, Math.min(MAX_SHOWN, histogram.largest().size()))) {
			largest.add(new ClassShare(largest.size() + 1, entry.name(), entry.module(), entry.instances(),
					entry.bytes(), entry.bytes() / total));
		}
		return new HeapSnapshot(null, NOTE, histogram.at(), nextAt, histogram.live(), histogram.tookMillis(),
				histogram.classes(), histogram.instances(), histogram.bytes(), comparedTo, growth, packages, largest);
	}

	/**
	 * A class that has grown.
	 *
	 * @param name its name
	 * @param grownInstances how many objects more there are
	 * @param grownBytes how much more memory they take
	 * @param grownRatio how much that is of what they took before; {@code null} if there
	 * were none
	 * @param instances how many objects there are
	 * @param usedBytes how much memory they take
	 */
	public record Growth(String name, long grownInstances, long grownBytes, @Nullable Double grownRatio, long instances,
			long usedBytes) {

		static Growth of(ClassHistogram.@Nullable Entry before, ClassHistogram.Entry now) {
			long instances = (before != null) ? before.instances() : 0;
			long bytes = (before != null) ? before.bytes() : 0;
			return new Growth(now.name(), now.instances() - instances, now.bytes() - bytes,
					(bytes > 0) ? Double.valueOf((double) (now.bytes() - bytes) / bytes) : null, now.instances(),
					now.bytes());
		}

	}

	/**
	 * A package.
	 *
	 * @param name its name
	 * @param usedBytes how much memory the objects of its classes take
	 * @param usedRatio their share of all
	 */
	public record PackageShare(String name, long usedBytes, double usedRatio) {

	}

	/**
	 * A class.
	 *
	 * @param rank its place
	 * @param name its name
	 * @param module the module it is in, if that has a name
	 * @param instances how many objects there are
	 * @param usedBytes how much memory they take
	 * @param usedRatio their share of all
	 */
	public record ClassShare(int rank, String name, String module, long instances, long usedBytes, double usedRatio) {

	}

}
