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

package io.support.connection.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;
import org.springframework.util.FastByteArrayOutputStream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;

import io.support.connection.BodyState;

/**
 * A request to a group whose thread waits for the response.
 */
final class GroupClientHttpRequest extends AbstractClientHttpRequest implements StreamingHttpOutputMessage {

	private final HttpClient client;

	private final HttpMethod method;

	private final URI uri;

	private @Nullable Body body;

	private @Nullable FastByteArrayOutputStream bytes;

	GroupClientHttpRequest(HttpClient client, HttpMethod method, URI uri) {
		this.client = client;
		this.method = method;
		this.uri = uri;
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	protected OutputStream getBodyInternal(HttpHeaders headers) {
		Assert.state(this.body == null, "Call either getBody or setBody, not both");
		if (this.bytes == null) {
			this.bytes = new FastByteArrayOutputStream();
		}
		return this.bytes;
	}

	@Override
	public void setBody(Body body) {
		assertNotExecuted();
		Assert.state(this.bytes == null, "Call either getBody or setBody, not both");
		this.body = body;
	}

	@Override
	protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException(this.method + " " + this.uri.getHost() + " would block the event loop '"
					+ Thread.currentThread().getName() + "': call it from a method with @IoBound, or use WebClient");
		}
		BlockingExchange exchange = new BlockingExchange();
		RequestBody body = body(exchange);
		Mono<GroupClientHttpResponse> response = this.client
			.request(io.netty.handler.codec.http.HttpMethod.valueOf(this.method.name()))
			.uri(this.uri)
			.send((request, outbound) -> send(headers, body, request, outbound))
			.responseConnection((received, connection) -> Mono.just(new GroupClientHttpResponse(received, connection)))
			.next();
		return exchange.await(
				(body != null) ? response.contextWrite((context) -> context.put(BodyState.class, body)) : response,
				body);
	}

	private @Nullable RequestBody body(BlockingExchange exchange) throws IOException {
		if (this.bytes != null) {
			return RequestBody.of(this.bytes.toByteArrayUnsafe());
		}
		return (this.body != null) ? RequestBody.of(this.body, exchange) : null;
	}

	private static Publisher<Void> send(HttpHeaders headers, @Nullable RequestBody body, HttpClientRequest request,
			NettyOutbound outbound) {
		headers.forEach((name, values) -> request.requestHeaders().set(name, values));
		// Not an outbound without a body, which would be sent in chunks.
		return (body != null) ? body.send(outbound) : Mono.empty();
	}

}
