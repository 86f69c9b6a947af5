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

package io.support.meta;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import io.support.context.ContextContributor;
import io.support.context.SupportContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetaApplication}.
 */
class MetaApplicationTests {

	private static final Instance INSTANCE = new Instance("shop", 4711, "host", "2026-11-23T10:00:00Z");

	private final SupportContext context = new SupportContext();

	private final MetaApplication application = new MetaApplication(this.context, INSTANCE, "/ops/support",
			() -> Map.of("readiness", "ACCEPTING_TRAFFIC"), new SecretMask(SecretMask.Rule.NONE),
			Clock.fixed(Instant.parse("2026-11-23T12:00:00.123456Z"), ZoneOffset.UTC));

	@Test
	void pageIsTheContributorsSnapshotInAnEnvelope() {
		this.context.register(ContextContributor.of("orders", () -> Map.of("open", 3)));
		Page page = this.application.page("orders");
		assertThat(page.outcome()).isEqualTo(Page.Outcome.FOUND);
		assertThat(page.envelope()).isEqualTo(new Envelope("support/1", "orders", "2026-11-23T12:00:00.123Z", INSTANCE,
				Map.of("open", 3L), null, false));
	}

	@Test
	void indexHasProcessLoadAndRoutesAndAsksNoContributor() {
		this.context.register(ContextContributor.of("orders", () -> {
			throw new IllegalStateException("asked");
		}));
		Page page = this.application.index();
		assertThat(page.outcome()).isEqualTo(Page.Outcome.FOUND);
		Map<?, ?> data = data(page);
		assertThat(data).hasSize(3);
		assertThat((Map<?, ?>) data.get("process")).extracting("pid", "availability")
			.containsExactly(ProcessHandle.current().pid(), Map.of("readiness", "ACCEPTING_TRAFFIC"));
		assertThat((Map<?, ?>) data.get("load")).extracting((load) -> ((Map<?, ?>) load.get("heap")).get("usedBytes"))
			.isInstanceOf(Long.class);
		assertThat(data.get("routes")).isEqualTo(List.of(Map.of("page", "orders", "path", "/ops/support/orders")));
		assertThat(this.application.page("index").envelope().page()).isEqualTo("index");
	}

	@Test
	void troubleIsOnTopOfTheIndex() {
		List<Object> trouble = new ArrayList<>();
		this.context
			.register(ContextContributor.of("warnings", () -> Map.of("rules", 1L, "warnings", List.copyOf(trouble))));
		assertThat(data(this.application.index()).get("warnings")).isNull();
		trouble.add(Map.of("severity", "critical", "what", "It burns"));
		Map<?, ?> data = data(this.application.index());
		assertThat(data.keySet().iterator().next()).isEqualTo("warnings");
		assertThat(data.get("warnings")).isEqualTo(trouble);
	}

	@Test
	void indexIsThereWhenNobodyKnowsWhatIsTrouble() {
		this.context.register(ContextContributor.of("warnings", () -> {
			throw new IllegalStateException("No idea");
		}));
		assertThat(this.application.index().outcome()).isEqualTo(Page.Outcome.FOUND);
	}

	@Test
	void whatIsRememberedIsOnThePageThatItBelongsTo() {
		this.context.register(historian(
				(page) -> Optional.<Object>of(Map.of("depth", page)).filter((found) -> !page.equals("others"))));
		this.context.register(ContextContributor.of("orders", () -> Map.of("open", 3)));
		this.context.register(ContextContributor.of("list", () -> List.of("a")));
		this.context.register(ContextContributor.of("others", () -> Map.of("open", 3)));
		assertThat(data(this.application.page("orders")).toString()).isEqualTo("{history={depth=orders}, open=3}");
		assertThat(data(this.application.index()).get("history")).isEqualTo(Map.of("depth", "index"));
		assertThat(data(this.application.page("others"))).isEqualTo(Map.of("open", 3L));
		assertThat(this.application.page("list").envelope().data()).isEqualTo(List.of("a"));
	}

	@Test
	void pagesAreThereWhenWhatIsRememberedIsNot() {
		this.context.register(historian((page) -> {
			throw new IllegalStateException("forgotten");
		}));
		this.context.register(ContextContributor.of("orders", () -> Map.of("history", "own")));
		assertThat(data(this.application.page("orders"))).isEqualTo(Map.of("history", "own"));
		assertThat(this.application.index().outcome()).isEqualTo(Page.Outcome.FOUND);
	}

	private static ContextContributor historian(Function<String, Optional<Object>> details) {
		return new ContextContributor() {

			@Override
			public String name() {
				return "system";
			}

			@Override
			public Object snapshot() {
				return Map.of();
			}

			@Override
			public Optional<Object> detail(String name) {
				return details.apply(name);
			}

		};
	}

	@Test
	void pageThatIsNotThereListsThoseThatAre() {
		this.context.register(ContextContributor.of("orders", Map::of));
		Page page = this.application.page("x".repeat(1000));
		assertThat(page.outcome()).isEqualTo(Page.Outcome.MISSING);
		assertThat(page.pages()).containsExactly("orders");
		assertThat(data(page).get("routes"))
			.isEqualTo(List.of(Map.of("page", "orders", "path", "/ops/support/orders")));
		assertThat(page.envelope().page()).hasSizeLessThan(100);
	}

	@Test
	void contributorThatFailsSpoilsItsOwnPageOnly() {
		this.context.register(ContextContributor.of("broken", () -> {
			throw new IllegalStateException("cannot log in with password=hunter2");
		}));
		this.context.register(ContextContributor.of("endless", MetaApplicationTests::recurse));
		this.context.register(ContextContributor.of("orders", Map::of));
		Page page = this.application.page("broken");
		assertThat(page.outcome()).isEqualTo(Page.Outcome.FAILED);
		assertThat(data(page).get("error")).isEqualTo(
				Map.of("type", "java.lang.IllegalStateException", "message", "cannot log in with password=******"));
		assertThat(this.application.page("endless").outcome()).isEqualTo(Page.Outcome.FAILED);
		assertThat(this.application.page("orders").outcome()).isEqualTo(Page.Outcome.FOUND);
	}

	private static Map<?, ?> data(Page page) {
		assertThat(page.envelope().data()).isInstanceOf(Map.class);
		return (Map<?, ?>) page.envelope().data();
	}

	@SuppressWarnings("InfiniteRecursion")
	private static Object recurse() {
		return recurse();
	}

}
