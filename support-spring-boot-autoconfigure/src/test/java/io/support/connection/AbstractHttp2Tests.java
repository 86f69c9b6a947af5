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

import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * What tests of groups that speak HTTP/2 have in common.
 */
@SuppressWarnings("deprecation") // what makes certificates instead is a module
abstract class AbstractHttp2Tests {

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	static final SelfSignedCertificate CERTIFICATE = certificate();

	final TestConnections connections = new TestConnections();

	ConnectionManager manager;

	private static SelfSignedCertificate certificate() {
		try {
			return new SelfSignedCertificate("payments");
		}
		catch (CertificateException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterEach
	void close() {
		if (this.manager != null) {
			this.manager.close();
		}
	}

	TestConnections group(Protocol protocol) {
		return this.connections.protocol(protocol).tls(new TestTlsBundles(CERTIFICATE), Duration.ofSeconds(10));
	}

	double gauge(String name) {
		return this.connections.meters.get(name).gauge().value();
	}

	long timer(String name) {
		return this.connections.meters.get(name).timer().count();
	}

	double failures(String address, String reason) {
		return this.connections.meters.get("support.connections.failures")
			.tags("address", address, "reason", reason)
			.counter()
			.count();
	}

	ConnectionsSnapshot.AddressState state(String address) {
		ConnectionsSnapshot snapshot = (ConnectionsSnapshot) this.manager.snapshot();
		return snapshot.groups()
			.get(0)
			.tiers()
			.stream()
			.flatMap(List::stream)
			.filter((state) -> state.address().equals(address))
			.findFirst()
			.orElseThrow();
	}

	AtomicReference<String> subscribe(String uri) {
		AtomicReference<String> answer = new AtomicReference<>();
		request(uri).subscribe(answer::set, (error) -> answer.set(error.toString()));
		return answer;
	}

	Mono<String> request(String uri) {
		return request("GET", uri);
	}

	Mono<String> request(String method, String uri) {
		return client().request(HttpMethod.valueOf(method)).uri(uri).responseContent().aggregate().asString();
	}

	Mono<String> ask(String group) {
		return client(group).get().uri("/").responseContent().aggregate().asString();
	}

	HttpClient client() {
		return client("payments");
	}

	private HttpClient client(String group) {
		try {
			return this.manager.httpClient(group);
		}
		catch (NameNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
