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

import java.lang.reflect.Array;
import java.nio.Buffer;
import java.util.Collection;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;

/**
 * How large the result of a call is: what most often tells a slow call from a fast one.
 * Bytes of a buffer, characters of a string, elements of an array, a collection or a map.
 * <p>
 * Only the JDK's own collections are asked: those of others may load their elements
 * first, or fail where nobody but the statistics asks.
 */
final class ResultSize {

	/**
	 * What has no size, or none that can be found out for nothing.
	 */
	static final long NONE = -1;

	private ResultSize() {
	}

	/**
	 * Returns the size of a result.
	 * @param result the result
	 * @return its size, or {@link #NONE}
	 */
	static long of(@Nullable Object result) {
		if (result instanceof CharSequence characters) {
			return isOfTheJdk(characters) ? characters.length() : NONE;
		}
		if (result instanceof Collection<?> collection) {
			return isOfTheJdk(collection) ? collection.size() : NONE;
		}
		if (result instanceof Map<?, ?> map) {
			return isOfTheJdk(map) ? map.size() : NONE;
		}
		if (result instanceof ByteBuf bytes) {
			return bytes.readableBytes();
		}
		if (result instanceof DataBuffer bytes) {
			return bytes.readableByteCount();
		}
		if (result instanceof Buffer buffer) {
			return buffer.remaining();
		}
		return (result != null && result.getClass().isArray()) ? Array.getLength(result) : NONE;
	}

	private static boolean isOfTheJdk(Object value) {
		return value.getClass().getClassLoader() == null;
	}

}
