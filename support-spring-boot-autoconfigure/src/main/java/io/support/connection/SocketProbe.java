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

package io.support.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.unix.UnixChannel;
import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel whether an idle connection is as it should be: open, and with nothing
 * to read. The event loop would notice that too, but in its next turn only, when the
 * connection may be in use. Costs one system call, and takes a byte from a connection
 * that must be closed anyway. Thread-safe; a connection is asked for by its loop.
 */
final class SocketProbe {

	/*
	 * What is read into it is never looked at, so that threads may share it.
	 */
	private final ByteBuffer waste = ByteBuffer.allocateDirect(1);

	/**
	 * Looks at a connection.
	 * @param channel the connection
	 * @return what is wrong; {@code null} for nothing, as far as that can be told
	 */
	@Nullable TaintReason ask(Channel channel) {
		try {
			int read = read(channel);
			return (read > 0) ? TaintReason.UNEXPECTED : (read < 0) ? TaintReason.CLOSED : null;
		}
		catch (IOException ex) {
			// Reset, or closed by this side.
			return TaintReason.CLOSED;
		}
	}

	private int read(Channel channel) throws IOException {
		if (channel instanceof UnixChannel socket) {
			return socket.fd().read(this.waste, 0, 1);
		}
		if (channel.unsafe() instanceof AbstractNioChannel.NioUnsafe nio
				&& nio.ch() instanceof ReadableByteChannel socket) {
			return socket.read(this.waste.duplicate().clear());
		}
		return 0;
	}

}
