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

package io.support.autoconfigure.capability;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What can be shown, and why other things cannot.
 *
 * @param system which JVM on which platform
 * @param platform what the two can do
 * @param application what the application has switched on
 * @param meterRegistries where meters go
 * @param exposure which endpoints there are
 */
record CapabilitiesSnapshot(Identity system, List<Capability> platform, List<Capability> application,
		List<String> meterRegistries, List<Endpoint> exposure) {

	/**
	 * Which JVM on which platform.
	 *
	 * @param os the operating system
	 * @param osVersion its version
	 * @param architecture what kind of processor
	 * @param java the version of Java
	 * @param jvm which JVM
	 */
	record Identity(String os, String osVersion, String architecture, String java, String jvm) {

	}

	/**
	 * Something that can be done, or not.
	 *
	 * @param name what it is
	 * @param available whether it can
	 * @param used what it is good for
	 * @param reason why it cannot, or what there is
	 */
	record Capability(String name, boolean available, String used, @Nullable String reason) {

		static Capability of(String name, String used, boolean available, String missing) {
			return new Capability(name, available, used, available ? null : missing);
		}

		static Capability of(String name, String used, @Nullable String missing) {
			return new Capability(name, missing == null, used, missing);
		}

	}

	/**
	 * An endpoint.
	 *
	 * @param name its id
	 * @param exposed whether it is there
	 * @param access what may be done with it
	 * @param property what would change that
	 */
	record Endpoint(String name, boolean exposed, String access, String property) {

	}

}
