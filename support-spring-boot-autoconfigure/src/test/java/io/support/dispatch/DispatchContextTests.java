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

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

import io.support.context.ContextLocal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known on a caller's thread is known on the dispatcher's, and is gone when the
 * call is over.
 */
class DispatchContextTests {

	private static final Facts NONE = new Facts(null, null, null, Locale.getDefault(), null);

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final ContextLocal<String> tenant = ContextLocal.register("context-tests-tenant");

	private Dispatchers dispatchers = create(ThreadKind.PLATFORM);

	private static Dispatchers create(ThreadKind kind) {
		DispatchSettings.Pool pool = new DispatchSettings.Pool(1, 10).on(kind);
		return Dispatchers.create(new DispatchSettings(pool, pool, Duration.ofSeconds(10)), System::nanoTime);
	}

	@AfterEach
	void close() {
		this.dispatchers.close();
		this.tenant.close();
	}

	@ParameterizedTest
	@EnumSource
	void followsTheCallAndDoesNotStay(Way way) throws Exception {
		assertFollows(way);
	}

	@ParameterizedTest
	@EnumSource
	@EnabledForJreRange(min = JRE.JAVA_21)
	void followsToVirtualThreads(Way way) throws Exception {
		this.dispatchers.close();
		this.dispatchers = create(ThreadKind.VIRTUAL);
		assertFollows(way);
	}

	private void assertFollows(Way way) throws Exception {
		Observation observation = Observation.start("test", this.observations);
		Authentication user = new TestingAuthenticationToken("ada", "secret");
		Facts here;
		Facts there;
		try (Observation.Scope scope = observation.openScope();
				ContextLocal.Scope tenantScope = this.tenant.open("t")) {
			MDC.put("order", "4711");
			SecurityContextHolder.getContext().setAuthentication(user);
			LocaleContextHolder.setLocale(Locale.CANADA_FRENCH);
			here = facts();
			there = way.call(this.dispatchers.io(), () -> {
				Facts facts = facts();
				// What a body leaves behind.
				MDC.put("inside", "1");
				LocaleContextHolder.setLocale(Locale.JAPAN);
				return facts;
			});
		}
		finally {
			MDC.clear();
			SecurityContextHolder.clearContext();
			LocaleContextHolder.resetLocaleContext();
			observation.stop();
		}
		assertThat(there).isEqualTo(here).isEqualTo(new Facts("4711", observation, user, Locale.CANADA_FRENCH, "t"));
		assertThat(way.call(this.dispatchers.io(), this::facts)).isEqualTo(NONE);
		assertThat(way.call(this.dispatchers.io(), () -> String.valueOf(MDC.get("inside")))).isEqualTo("null");
	}

	private Facts facts() {
		return new Facts(MDC.get("order"), this.observations.getCurrentObservation(),
				SecurityContextHolder.getContext().getAuthentication(), LocaleContextHolder.getLocale(),
				this.tenant.get());
	}

	@Test
	void reactorContextIsStrongerThanTheThread() {
		try (ContextLocal.Scope scope = this.tenant.open("of the thread")) {
			assertThat(this.dispatchers.io()
				.mono(this.tenant::get)
				.contextWrite(this.tenant.write("of the chain"))
				.block(Duration.ofSeconds(10))).isEqualTo("of the chain");
		}
	}

	/**
	 * What is known on a thread.
	 *
	 * @param order a value of the MDC
	 * @param observation what is observed
	 * @param user who is signed in
	 * @param locale the locale of Spring
	 * @param tenant a value of one's own
	 */
	private record Facts(@Nullable String order, @Nullable Observation observation, @Nullable Authentication user,
			Locale locale, @Nullable String tenant) {

	}

	/**
	 * A way to dispatch.
	 */
	enum Way {

		CALL {

			@Override
			<T> T call(Dispatcher dispatcher, Callable<T> body) throws Exception {
				return dispatcher.call(body);
			}

		},

		FUTURE {

			@Override
			<T> T call(Dispatcher dispatcher, Callable<T> body) throws Exception {
				return dispatcher.future(body).get();
			}

		},

		MONO {

			@Override
			<T> T call(Dispatcher dispatcher, Callable<T> body) {
				return dispatcher.<T>mono(body).blockOptional(Duration.ofSeconds(10)).orElseThrow();
			}

		};

		abstract <T> T call(Dispatcher dispatcher, Callable<T> body) throws Exception;

	}

}
