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

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts an application as {@link SpringApplication} does. The place where an application
 * says that it may be run in worker processes; until it is told to, this is one process,
 * and there is no difference.
 */
public final class SupportApplication {

	private SupportApplication() {
	}

	/**
	 * Runs an application.
	 * @param primarySource the application's class
	 * @param args the arguments of its main method
	 * @return the running context
	 */
	public static ConfigurableApplicationContext run(Class<?> primarySource, String... args) {
		return SpringApplication.run(primarySource, args);
	}

}
