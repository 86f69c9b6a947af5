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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of what one side of an exchange has said: copies, so that no buffer is
 * held. Bounded: as many bytes of the body as it is made for, as many characters in its
 * headers, and {@value #MAX_HEADERS} headers.
 */
final class Side {

	static final int MAX_HEADERS = 64;

	private static final int FIRST_BYTES = 512;

	private final int limit;

	private final List<Map.Entry<String, String>> headers = new ArrayList<>();

	private byte[] bytes = {};

	private int length;

	private boolean truncated;

	private @Nullable String contentType;

	private @Nullable String contentEncoding;

	Side(int limit) {
		this.limit = limit;
	}

	void head(HttpHeaders head) {
		this.headers.clear();
		this.contentType = head.get(HttpHeaderNames.CONTENT_TYPE);
		this.contentEncoding = head.get(HttpHeaderNames.CONTENT_ENCODING);
		int characters = 0;
		for (Map.Entry<String, String> header : head) {
			characters += header.getKey().length() + header.getValue().length();
			if (characters > this.limit || this.headers.size() == MAX_HEADERS) {
				this.truncated = true;
				return;
			}
			this.headers.add(Map.entry(header.getKey(), header.getValue()));
		}
	}

	void append(ByteBuf content) {
		int count = Math.min(content.readableBytes(), this.limit - this.length);
		if (count < content.readableBytes()) {
			this.truncated = true;
		}
		if (count <= 0) {
			return;
		}
		int needed = this.length + count;
		if (needed > this.bytes.length) {
			int grown = Math.min(this.limit, Math.max(FIRST_BYTES, 2 * this.bytes.length));
			this.bytes = Arrays.copyOf(this.bytes, Math.max(needed, grown));
		}
		content.getBytes(content.readerIndex(), this.bytes, this.length, count);
		this.length = needed;
	}

	TrafficSnapshot.SideState snapshot(PayloadText text) {
		Map<String, String> shown = new LinkedHashMap<>();
		this.headers.forEach((header) -> shown.merge(header.getKey(), text.header(header.getKey(), header.getValue()),
				(one, other) -> one + ", " + other));
		return new TrafficSnapshot.SideState(shown,
				(this.length > 0) ? text.body(this.bytes, this.length, this.contentType, this.contentEncoding) : null,
				this.truncated);
	}

}
