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

import java.io.InputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.support.Netty4HeadersAdapter;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * The response of a group. Its connection is used again when the body has been read, or
 * when the response is closed and little of the body is left.
 */
final class GroupClientHttpResponse implements ClientHttpResponse {

	private final HttpClientResponse response;

	private final Connection connection;

	private final HttpHeaders headers;

	private final ResponseInputStream body;

	GroupClientHttpResponse(HttpClientResponse response, Connection connection) {
		this.response = response;
		this.connection = connection;
		this.headers = HttpHeaders.readOnlyHttpHeaders(new Netty4HeadersAdapter(response.responseHeaders()));
		this.body = new ResponseInputStream(connection.channel().eventLoop());
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return HttpStatusCode.valueOf(this.response.status().code());
	}

	@Override
	public String getStatusText() {
		return this.response.status().reasonPhrase();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public InputStream getBody() {
		receive();
		return this.body;
	}

	private void receive() {
		if (this.body.begin()) {
			this.connection.inbound().receive().asByteArray().subscribe(this.body);
		}
	}

	@Override
	public void close() {
		receive();
		this.body.close();
	}

	/*
	 * Nobody will ever see it.
	 */
	void abandon() {
		this.connection.dispose();
	}

}
