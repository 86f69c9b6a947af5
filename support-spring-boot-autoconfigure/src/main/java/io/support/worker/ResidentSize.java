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

package io.support.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much physical memory the process occupies, as the kernel of Linux tells.
 */
@FunctionalInterface
public interface ResidentSize {

	/**
	 * Returns the size as it is now.
	 * @return bytes, or empty where it is not known
	 */
	OptionalLong bytes();

	/**
	 * Reads the size of this process.
	 * @return bytes from {@code VmRSS} in {@code /proc/self/status}; empty where there is
	 * no such file
	 */
	static ResidentSize ofThisProcess() {
		return () -> read(Path.of("/proc/self/status"));
	}

	private static OptionalLong read(Path status) {
		try {
			String text = Files.readString(status, StandardCharsets.ISO_8859_1);
			String key = "VmRSS:";
			int start = text.indexOf(key);
			int end = text.indexOf("kB", start);
			return (start >= 0 && end >= 0)
					? OptionalLong.of(Long.parseLong(text.substring(start + key.length(), end).trim()) * 1024)
					: OptionalLong.empty();
		}
		catch (IOException ex) {
			return OptionalLong.empty();
		}
	}

}
