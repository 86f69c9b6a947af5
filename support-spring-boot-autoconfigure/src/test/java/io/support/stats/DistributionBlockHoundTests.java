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

package io.support.stats;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Event loops record, all at the same time, and none waits for another.
 */
class DistributionBlockHoundTests {

	private static final int LOOPS = 4;

	private static final int NUMBERS = 20;

	@BeforeAll
	static void install() {
		BlockHound.install();
	}

	@Test
	void recordingDoesNotBlockUnderContention() {
		List<Distribution> distributions = Stream.generate(Distribution::new).limit(3000).toList();
		Scheduler loops = Schedulers.newParallel("test-recording", LOOPS);
		try {
			Flux.range(0, LOOPS)
				.flatMap((loop) -> Mono.fromRunnable(() -> distributions.forEach(DistributionBlockHoundTests::record))
					.subscribeOn(loops))
				.then()
				.block(Duration.ofSeconds(60));
		}
		finally {
			loops.dispose();
		}
		assertThat(distributions)
			.allSatisfy((distribution) -> assertThat(distribution.count()).isEqualTo(LOOPS * NUMBERS));
	}

	private static void record(Distribution distribution) {
		for (int i = 1; i <= NUMBERS; i++) {
			distribution.record(i);
		}
	}

}
