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

package io.support.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SupportContext}.
 */
class SupportContextTests {

	private final SupportContext context = new SupportContext();

	@Test
	void knowsContributorsByName() {
		this.context.register(contributor("workers"));
		this.context.register(contributor("acceptor"));
		assertThat(this.context.names()).containsExactly("acceptor", "workers");
		assertThat(this.context.snapshot("workers")).contains(Map.of("name", "workers"));
		assertThat(this.context.snapshot("unknown")).isEmpty();
	}

	@Test
	void closedRegistrationIsForgotten() {
		SupportContext.Registration registration = this.context.register(contributor("acceptor"));
		registration.close();
		this.context.register(contributor("acceptor"));
		registration.close();
		assertThat(this.context.names()).containsExactly("acceptor");
	}

	@Test
	void nameThatIsTakenIsRefused() {
		this.context.register(contributor("acceptor"));
		assertThatIllegalStateException().isThrownBy(() -> this.context.register(contributor("acceptor")))
			.withMessageContaining("Two contributors are named 'acceptor'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Acceptor", "1st", "a b", "../a", "a/b", "\u00e9" })
	void nameThatIsNoPageNameIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.context.register(contributor(name)))
			.withMessageContaining("'" + name + "'");
	}

	@Test
	void registryIsBounded() {
		for (int i = 0; i < SupportContext.MAX_CONTRIBUTORS; i++) {
			this.context.register(contributor("c" + i));
		}
		assertThatIllegalStateException().isThrownBy(() -> this.context.register(contributor("more")))
			.withMessageContaining("No room for contributor 'more'");
	}

	@Test
	void resetReachesAllThatCountAndOneThatFailsDoesNotKeepTheOthersFromIt() {
		List<String> reset = new ArrayList<>();
		this.context.register(counting("z", () -> reset.add("z")));
		this.context.register(counting("broken", () -> {
			throw new IllegalStateException("no");
		}));
		this.context.register(contributor("plain"));
		this.context.register(counting("a", () -> reset.add("a")));
		ContextReset done = this.context.reset();
		assertThat(done.reset()).containsExactly("z", "a").isEqualTo(reset);
		assertThat(done.failures()).containsOnlyKeys("broken");
	}

	@Test
	void resetOfOneSaysWhetherThereWasSomethingToReset() {
		this.context.register(contributor("plain"));
		this.context.register(counting("counts", () -> {
		}));
		assertThat(this.context.reset("counts")).isEqualTo(ContextReset.Outcome.DONE);
		assertThat(this.context.reset("plain")).isEqualTo(ContextReset.Outcome.NOTHING);
		assertThat(this.context.reset("nope")).isEqualTo(ContextReset.Outcome.UNKNOWN);
	}

	@Test
	void partsAreInTheOrderOfRegistration() {
		this.context.register(contributor("z"));
		this.context.register(contributor("a")).close();
		this.context.register(contributor("b"));
		this.context.register(contributor("a"));
		assertThat(this.context.snapshot().parts()).extracting(ContextSnapshot.Part::name)
			.containsExactly("z", "b", "a");
	}

	private static ContextContributor counting(String name, Runnable reset) {
		return ContextContributor.of(name, () -> Map.of("name", name), reset);
	}

	private static ContextContributor contributor(String name) {
		return ContextContributor.of(name, () -> Map.of("name", name));
	}

}
