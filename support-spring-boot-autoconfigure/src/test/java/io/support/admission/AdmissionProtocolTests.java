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

package io.support.admission;

import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

import io.support.overload.AdaptiveLimitSettings;
import io.support.overload.SojournSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Admission} with every way to come to HTTP/1.1 and HTTP/2.
 */
class AdmissionProtocolTests {

	private static final int LIMIT = 3;

	private static final int REQUESTS = 10;

	private final Sinks.One<String> answer = Sinks.one();

	private final ConnectionProvider connections = ConnectionProvider.create("test-admission", REQUESTS);

	private DisposableServer server;

	@AfterEach
	void stop() {
		this.connections.disposeLater().block(Duration.ofSeconds(10));
		this.server.disposeNow(Duration.ofSeconds(10));
	}

	@ParameterizedTest
	@EnumSource
	void requestsAreJudgedWhateverTheProtocol(Protocol protocol) throws Exception {
		Admission admission = new Admission(settings(), System::nanoTime);
		HttpServer plain = HttpServer.create().host("127.0.0.1").port(0);
		this.server = admission.guard(protocol.server(plain))
			.handle((request, response) -> response.header("Content-Length", "2").sendString(this.answer.asMono()))
			.bindNow(Duration.ofSeconds(10));
		HttpClient client = protocol.client(HttpClient.create(this.connections))
			.host("127.0.0.1")
			.port(this.server.port());
		Mono<Map<Integer, Long>> statuses = Flux.range(0, REQUESTS)
			.flatMap((i) -> client.get()
				.uri("/" + i)
				.responseSingle((response, body) -> body.thenReturn(response.status().code())), REQUESTS)
			.collect(Collectors.groupingBy((status) -> status, Collectors.counting()));
		CompletableFuture<Map<Integer, Long>> all = statuses.toFuture();
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(admission.snapshot().refused())
				.isEqualTo(Map.of("limit", Map.of("normal", (long) REQUESTS - LIMIT))));
		assertThat(admission.snapshot().inFlight()).isEqualTo(LIMIT);
		this.answer.tryEmitValue("ok");
		assertThat(all.get(20, TimeUnit.SECONDS)).isEqualTo(Map.of(200, (long) LIMIT, 503, (long) REQUESTS - LIMIT));
		await().atMost(Duration.ofSeconds(10)).until(() -> admission.snapshot().inFlight() == 0);
		int status = client.get()
			.uri("/after")
			.responseSingle((response, body) -> body.thenReturn(response.status().code()))
			.block(Duration.ofSeconds(10));
		assertThat(status).isEqualTo(200);
	}

	private static AdmissionSettings settings() {
		SojournSettings delay = new SojournSettings(TimeUnit.SECONDS.toNanos(30), TimeUnit.SECONDS.toNanos(30),
				TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(100));
		return new AdmissionSettings(delay,
				new AdaptiveLimitSettings(LIMIT, 100, TimeUnit.MILLISECONDS.toNanos(5), TimeUnit.SECONDS.toNanos(100)),
				AdmissionRules.exempting(), true);
	}

	/**
	 * A way to come to a protocol.
	 */
	@SuppressWarnings("deprecation") // what makes certificates instead is a module
	enum Protocol {

		HTTP11(HttpProtocol.HTTP11, HttpProtocol.HTTP11, false),

		HTTP11_OVER_TLS(HttpProtocol.HTTP11, HttpProtocol.HTTP11, true),

		HTTP11_BY_ALPN(HttpProtocol.H2, HttpProtocol.HTTP11, true),

		HTTP2_BY_ALPN(HttpProtocol.H2, HttpProtocol.H2, true),

		HTTP2_BY_PRIOR_KNOWLEDGE(HttpProtocol.H2C, HttpProtocol.H2C, false),

		HTTP11_WITHOUT_UPGRADE(HttpProtocol.H2C, HttpProtocol.HTTP11, false);

		private final HttpProtocol offered;

		private final HttpProtocol used;

		private final boolean secure;

		Protocol(HttpProtocol offered, HttpProtocol used, boolean secure) {
			this.offered = offered;
			this.used = used;
			this.secure = secure;
		}

		HttpServer server(HttpServer server) throws CertificateException {
			HttpProtocol[] protocols = Stream.of(this.offered, HttpProtocol.HTTP11)
				.distinct()
				.toArray(HttpProtocol[]::new);
			HttpServer result = server.protocol(protocols);
			if (!this.secure) {
				return result;
			}
			SelfSignedCertificate certificate = new SelfSignedCertificate();
			SslProvider.GenericSslContextSpec<?> context = (this.offered == HttpProtocol.H2)
					? Http2SslContextSpec.forServer(certificate.certificate(), certificate.privateKey())
					: Http11SslContextSpec.forServer(certificate.certificate(), certificate.privateKey());
			return result.secure((spec) -> spec.sslContext(context));
		}

		HttpClient client(HttpClient client) {
			HttpClient result = client.protocol(this.used);
			if (!this.secure) {
				return result;
			}
			return result.secure((spec) -> spec.sslContext(
					(this.used == HttpProtocol.H2) ? Http2SslContextSpec.forClient().configure(Protocol::trustAll)
							: Http11SslContextSpec.forClient().configure(Protocol::trustAll)));
		}

		private static void trustAll(SslContextBuilder builder) {
			builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
		}

	}

}
