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

package io.support.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;

/**
 * Remembers every leak that Netty's detectors report, so that {@link LeakTests} can fail
 * the build.
 */
final class LeakRecorder extends ResourceLeakDetectorFactory {

	private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

	static void install() {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new LeakRecorder());
	}

	static List<String> leaks() {
		return List.copyOf(LEAKS);
	}

	static void forget() {
		LEAKS.clear();
	}

	@Override
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
		ResourceLeakDetector<T> detector = new ResourceLeakDetector<>(resource, samplingInterval);
		detector.setLeakListener((type, records) -> LEAKS.add(type + records));
		return detector;
	}

	@Override
	@Deprecated
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
			long maxActive) {
		return newResourceLeakDetector(resource, samplingInterval);
	}

}
