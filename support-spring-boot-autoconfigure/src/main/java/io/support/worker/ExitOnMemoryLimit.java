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
import org.springframework.context.ApplicationContext;

/**
 * Closes the application, which drains it, and ends the process with a code that says
 * why.
 */
public final class ExitOnMemoryLimit implements Runnable {

	/**
	 * The exit code of a process that ended because of its memory.
	 */
	public static final int EXIT_CODE = 86;

	private final ApplicationContext context;

	/**
	 * Creates an exit.
	 * @param context the application
	 */
	public ExitOnMemoryLimit(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void run() {
		// On a thread of its own: closing the application stops the one that found out.
		Thread thread = new Thread(() -> System.exit(SpringApplication.exit(this.context, () -> EXIT_CODE)),
				"support-exit");
		// The virtual machine ends, with another code, as soon as only daemons are left.
		thread.setDaemon(false);
		thread.start();
	}

}
