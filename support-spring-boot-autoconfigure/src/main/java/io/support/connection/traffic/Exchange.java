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

import java.time.Instant;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One exchange over an outgoing connection. Told what happens by the event loop of the
 * connection only; does not change any more once it has ended, and is kept from then on.
 */
public final class Exchange {

	private static final int MAX_PATH = 256;

	private static final int NO_STATUS = 0;

	private final RecentTraffic traffic;

	private final String group;

	private final String address;

	private final String protocol;

	private final long startNanos;

	private final @Nullable Side request;

	private final @Nullable Side response;

	private @Nullable String method;

	private @Nullable String path;

	private int status = NO_STATUS;

	private long sentBytes;

	private long receivedBytes;

	private long firstResponseNanos;

	private long endNanos;

	private @Nullable TrafficOutcome outcome;

	private @Nullable String error;

	Exchange(RecentTraffic traffic, TrafficSettings settings, String group, String address, String protocol,
			long startNanos) {
		this.traffic = traffic;
		this.group = group;
		this.address = address;
		this.protocol = protocol;
		this.startNanos = startNanos;
		this.request = settings.capturePayload() ? new Side(settings.payloadBytes()) : null;
		this.response = settings.capturePayload() ? new Side(settings.payloadBytes()) : null;
	}

	/**
	 * Learns the head of the request.
	 * @param head the request
	 */
	public void request(HttpRequest head) {
		this.method = head.method().name();
		this.path = path(head.uri());
		if (this.request != null) {
			this.request.head(head.headers());
		}
	}

	/**
	 * Learns the head of the response.
	 * @param head the response
	 */
	public void response(HttpResponse head) {
		this.status = head.status().code();
		if (this.response != null) {
			this.response.head(head.headers());
		}
	}

	/*
	 * Neither the query nor the parameters of a segment, in which there may be a session.
	 */
	private static String path(String target) {
		int begin = Math.max(0, target.indexOf("://"));
		if (begin > 0) {
			int slash = target.indexOf('/', begin + 3);
			begin = (slash >= 0) ? slash : target.length();
		}
		StringBuilder path = new StringBuilder();
		boolean parameters = false;
		for (int i = begin; i < target.length() && path.length() < MAX_PATH; i++) {
			char c = target.charAt(i);
			if (c == '?' || c == '#') {
				break;
			}
			parameters = (c == ';') || (parameters && c != '/');
			if (!parameters) {
				path.append(c);
			}
		}
		return path.toString();
	}

	/**
	 * Counts bytes that are sent.
	 * @param bytes how many
	 */
	public void sent(long bytes) {
		this.sentBytes += bytes;
	}

	/**
	 * Counts bytes that have come.
	 * @param bytes how many
	 */
	public void received(long bytes) {
		if (this.receivedBytes == 0) {
			this.firstResponseNanos = this.traffic.now();
		}
		this.receivedBytes += bytes;
	}

	/**
	 * Keeps the beginning of what is sent, where that was asked for.
	 * @param content a part of the body; not changed
	 */
	public void captureRequest(ByteBuf content) {
		if (this.request != null) {
			this.request.append(content);
		}
	}

	/**
	 * Keeps the beginning of what has come, where that was asked for.
	 * @param content a part of the body; not changed
	 */
	public void captureResponse(ByteBuf content) {
		if (this.response != null) {
			this.response.append(content);
		}
	}

	/**
	 * Ends, and is kept. The second time nothing happens.
	 * @param outcome how
	 * @param error what it failed with, of which the class is kept; {@code null} for
	 * nothing
	 */
	public void end(TrafficOutcome outcome, @Nullable Throwable error) {
		if (this.outcome == null) {
			this.outcome = outcome;
			this.error = (error != null) ? error.getClass().getSimpleName() : null;
			this.endNanos = this.traffic.now();
			this.traffic.add(this);
		}
	}

	long startNanos() {
		return this.startNanos;
	}

	long endNanos() {
		return this.endNanos;
	}

	TrafficSnapshot.ExchangeState snapshot(Instant startedAt, PayloadText text) {
		return new TrafficSnapshot.ExchangeState(startedAt, this.group, this.address, this.protocol, this.method,
				this.path, (this.status != NO_STATUS) ? this.status : null,
				(this.outcome != null) ? this.outcome.label() : "", this.error, this.sentBytes, this.receivedBytes,
				(this.receivedBytes > 0) ? this.firstResponseNanos - this.startNanos : null,
				this.endNanos - this.startNanos, (this.request != null) ? this.request.snapshot(text) : null,
				(this.response != null) ? this.response.snapshot(text) : null);
	}

}
