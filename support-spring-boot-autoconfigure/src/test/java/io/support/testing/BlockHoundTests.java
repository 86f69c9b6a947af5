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

package io.support.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * BlockHound watches over the tests.
 */
class BlockHoundTests {

	/*
	 * For long: a thread that loses its processor before it waits would find that a short
	 * time is over, and not wait at all.
	 */
	@Test
	void blockingCallOnANonBlockingThreadIsAnError() {
		Mono<Boolean> blocking = Mono.fromCallable(() -> new CountDownLatch(1).await(10, TimeUnit.SECONDS));
		StepVerifier.create(blocking.subscribeOn(Schedulers.parallel()))
			.verifyErrorMatches(
					(ex) -> ex instanceof BlockingOperationError || ex.getCause() instanceof BlockingOperationError);
	}

}
