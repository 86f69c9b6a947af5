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

package io.support.autoconfigure.meta;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.springframework.util.StringUtils;

/**
 * The name of this host as the operating system has it. Nobody is asked over the network:
 * {@link java.net.InetAddress#getLocalHost()} may take seconds where names are not set
 * up.
 */
final class HostName {

	private static final Path FILE = Path.of("/proc/sys/kernel/hostname");

	private HostName() {
	}

	static String get() {
		return Stream.of(fromKernel(), System.getenv("HOSTNAME"), System.getenv("COMPUTERNAME"))
			.filter(StringUtils::hasText)
			.findFirst()
			.orElse("localhost");
	}

	private static String fromKernel() {
		try {
			return Files.isReadable(FILE) ? Files.readString(FILE).strip() : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

}
