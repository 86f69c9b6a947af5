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

package io.support.dispatch;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * An {@link IoBound @IoBound} or {@link CpuBound @CpuBound} asks for something that
 * cannot be kept. Thrown when the application starts, never by a call.
 */
public final class DispatchConfigurationException extends IllegalStateException {

	/** What cannot be kept, and by which method. */
	private final String description;

	/** The way out. */
	private final String action;

	DispatchConfigurationException(Method method, String problem, String action) {
		this(method, problem, action, null);
	}

	DispatchConfigurationException(Method method, String problem, String action, @Nullable Throwable cause) {
		this(method.toGenericString() + " " + problem, action, cause);
	}

	private DispatchConfigurationException(String description, String action, @Nullable Throwable cause) {
		super(description + ". " + action, cause);
		this.description = description;
		this.action = action;
	}

	/**
	 * Returns what is wrong, with the method's full signature.
	 * @return the description
	 */
	public String getDescription() {
		return this.description;
	}

	/**
	 * Returns what to do about it.
	 * @return the way out
	 */
	public String getAction() {
		return this.action;
	}

}
