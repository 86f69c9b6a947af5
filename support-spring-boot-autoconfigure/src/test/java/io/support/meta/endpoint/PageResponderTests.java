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

package io.support.meta.endpoint;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import reactor.core.publisher.Mono;

import io.support.context.ContextContributor;
import io.support.context.SupportContext;
import io.support.meta.Envelope;
import io.support.meta.Instance;
import io.support.meta.MetaApplication;
import io.support.meta.SecretMask;
import io.support.meta.ui.Assets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PageResponder} and its {@link PageExecutor}.
 */
class PageResponderTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final SupportContext context = new SupportContext();

	private final CountDownLatch release = new CountDownLatch(1);

	private final List<Object> events = new CopyOnWriteArrayList<>();

	private final List<PageExecutor> executors = new ArrayList<>();

	PageResponderTests() {
		this.context
			.register(ContextContributor.of("orders", () -> Map.of("thread", Thread.currentThread().getName())));
		this.context.register(ContextContributor.of("stuck", this::hang));
	}

	@AfterEach
	void letGo() {
		this.release.countDown();
		this.executors.forEach(PageExecutor::close);
	}

	@Test
	void pageIsMadeOnAThreadOfItsOwn() {
		WebEndpointResponse<Object> response = get(responder(PATIENCE), "orders");
		assertThat(response.getStatus()).isEqualTo(200);
		assertThat(response.getBody()).isInstanceOfSatisfying(Envelope.class,
				(envelope) -> assertThat(envelope.data()).hasToString("{thread=support-meta-page-1}"));
	}

	@Test
	void pageThatIsNotReadyInTimeIsUnavailable() {
		WebEndpointResponse<Object> response = get(responder(Duration.ofMillis(100)), "stuck");
		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(response.getBody()).isInstanceOfSatisfying(Envelope.class,
				(envelope) -> assertThat(String.valueOf(envelope.data())).contains("was not ready in time"));
	}

	@Test
	void pageThatHangsLeavesThreadsToTheOthers() {
		PageResponder responder = responder(Duration.ofSeconds(1));
		List<Mono<WebEndpointResponse<Object>>> stuck = new ArrayList<>();
		for (int i = 0; i < PageExecutor.THREADS * 2; i++) {
			stuck.add(responder.respond(List.of("stuck"), new PageRequest(null, null, null, null, null)));
		}
		List<WebEndpointResponse<Object>> answers = Mono.zip(stuck, List::of)
			.map((all) -> all.stream().map((answer) -> asResponse(answer)).toList())
			.block(PATIENCE);
		assertThat(answers).hasSize(PageExecutor.THREADS * 2).allMatch((answer) -> answer.getStatus() == 503);
		assertThat(answers).filteredOn((answer) -> String.valueOf(answer.getBody()).contains("too often"))
			.hasSize(PageExecutor.THREADS * 2 - PageExecutor.SAME_PAGE);
		assertThat(get(responder, "orders").getStatus()).isEqualTo(200);
	}

	@Test
	void executorThatIsFullRefusesAtOnce() {
		PageExecutor executor = executor(PATIENCE);
		List<Mono<Integer>> tasks = new ArrayList<>();
		for (int i = 0; i < PageExecutor.THREADS + PageExecutor.QUEUE; i++) {
			tasks.add(executor.run("page" + i, () -> {
				hang();
				return 1;
			}).cache());
		}
		tasks.forEach(Mono::subscribe);
		Mono<String> refused = executor.run("orders", () -> "made")
			.onErrorResume((ex) -> Mono.just("" + ex.getClass()));
		assertThat(refused.block(PATIENCE)).contains("RejectedExecutionException");
		this.release.countDown();
		assertThat(Mono.zip(tasks, (all) -> all.length).block(PATIENCE)).isEqualTo(tasks.size());
	}

	@Test
	void changeIsRecordedWithWhoAskedForIt() {
		this.context.register(ContextContributor.of("counts", Map::of, () -> {
		}));
		responder(PATIENCE).change(List.of("counts"), "reset", () -> "jane").block(PATIENCE);
		assertThat(this.events).singleElement()
			.isInstanceOfSatisfying(AuditApplicationEvent.class,
					(event) -> assertThat(event.getAuditEvent())
						.extracting(AuditEvent::getPrincipal, AuditEvent::getType)
						.containsExactly("jane", "SUPPORT_RESET"));
	}

	@Test
	void changeThatFailsIsNotRecorded() {
		this.context.register(ContextContributor.of("counts", Map::of, () -> {
			throw new IllegalStateException("no");
		}));
		WebEndpointResponse<Object> response = responder(PATIENCE).change(List.of("counts"), "reset", null)
			.block(PATIENCE);
		assertThat(response).isNotNull();
		assertThat(response.getStatus()).isEqualTo(500);
		assertThat(this.events).isEmpty();
	}

	private PageResponder responder(Duration deadline) {
		MetaApplication application = new MetaApplication(this.context, new Instance("shop", 1, "host", "now"),
				"/actuator/support", Map::of, new SecretMask(SecretMask.Rule.NONE), Clock.systemUTC());
		return new PageResponder(application, new Assets(), executor(deadline), Access.UNRESTRICTED,
				new PageAudit(this.events::add));
	}

	private PageExecutor executor(Duration deadline) {
		PageExecutor executor = new PageExecutor(deadline);
		this.executors.add(executor);
		return executor;
	}

	private static WebEndpointResponse<Object> get(PageResponder responder, String page) {
		WebEndpointResponse<Object> response = responder
			.respond(List.of(page), new PageRequest(null, null, null, null, null))
			.block(PATIENCE);
		assertThat(response).isNotNull();
		return response;
	}

	@SuppressWarnings("unchecked")
	private static WebEndpointResponse<Object> asResponse(Object answer) {
		return (WebEndpointResponse<Object>) answer;
	}

	/* As a monitor that nobody gives back: an interrupt does not help. */
	private Object hang() {
		boolean interrupted = false;
		while (this.release.getCount() > 0) {
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return Map.of();
	}

}
