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

package io.support.connection.traffic;

/**
 * Says what may be shown of a value, such as that of a header or of a field of a form.
 * Thread-safe.
 */
@FunctionalInterface
public interface SecretFilter {

	/**
	 * What is shown in place of a secret.
	 */
	String MASK = "******";

	/**
	 * Returns what may be shown.
	 * @param key what the value is called
	 * @param value the value as text
	 * @return the value itself, or what is shown in its place
	 */
	String apply(String key, String value);

}
