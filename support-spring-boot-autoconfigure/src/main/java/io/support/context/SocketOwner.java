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

package io.support.context;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Knows to what some of the sockets of the process belong. What beans of this type know
 * is on the page {@code files}.
 * <p>
 * Called from any thread: it must not block.
 */
@FunctionalInterface
public interface SocketOwner {

	/**
	 * Tells of every socket that it knows.
	 * @param sockets is told of one after the other, in any order
	 */
	void forEachSocket(Sockets sockets);

	/**
	 * Learns to what sockets belong.
	 */
	@FunctionalInterface
	interface Sockets {

		/**
		 * Is told of a socket. Of one that is told twice the first holds.
		 * @param local its own end; an address of port 0 is ignored, and one without an
		 * address stands for any
		 * @param remote the other end; {@code null} for all that listen at the own end,
		 * or have been accepted there
		 * @param owner to what it belongs
		 */
		void add(@Nullable SocketAddress local, @Nullable SocketAddress remote, String owner);

	}

}
