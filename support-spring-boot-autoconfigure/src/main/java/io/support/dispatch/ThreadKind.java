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

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * The threads on which a dispatcher runs calls.
 */
public enum ThreadKind {

	/** Daemon threads of the operating system. */
	PLATFORM {

		@Override
		ThreadFactory unnamed() {
			return (task) -> {
				Thread thread = new Thread(task);
				thread.setDaemon(true);
				return thread;
			};
		}

	},

	/**
	 * Virtual threads, as many as there may be calls at the same time; they need Java 21.
	 * Before Java 24 one that blocks inside {@code synchronized} holds a processor.
	 */
	VIRTUAL {

		@Override
		ThreadFactory unnamed() {
			return new VirtualThreadTaskExecutor().getVirtualThreadFactory();
		}

	};

	abstract ThreadFactory unnamed();

	/**
	 * Makes named threads, which keep no JVM from ending.
	 * @param prefix what their names begin with; a number follows
	 * @return the factory
	 * @throws UnsupportedOperationException if this Java has no such threads
	 */
	ThreadFactory factory(String prefix) {
		ThreadFactory unnamed = unnamed();
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = unnamed.newThread(task);
			thread.setName(prefix + number.incrementAndGet());
			return thread;
		};
	}

}
