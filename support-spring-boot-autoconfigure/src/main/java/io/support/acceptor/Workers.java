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

package io.support.acceptor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;

/**
 * The loops that serve connections, woken in turn. Thread-safe.
 */
final class Workers {

	private final List<WorkerLoop> loops;

	private final AtomicInteger next = new AtomicInteger();

	Workers(EventLoopGroup group, WorkerLoop.Source source) {
		List<WorkerLoop> loops = new ArrayList<>();
		for (EventExecutor executor : group) {
			loops.add(new WorkerLoop((EventLoop) executor, source));
		}
		this.loops = List.copyOf(loops);
	}

	/**
	 * Arms the next loop that is not armed yet; one that is armed will come by itself.
	 */
	void armNext() {
		int start = Math.floorMod(this.next.getAndIncrement(), this.loops.size());
		for (int i = 0; i < this.loops.size(); i++) {
			if (this.loops.get((start + i) % this.loops.size()).arm()) {
				return;
			}
		}
	}

	/**
	 * Arms every loop.
	 */
	void armAll() {
		this.loops.forEach(WorkerLoop::arm);
	}

	int size() {
		return this.loops.size();
	}

}
