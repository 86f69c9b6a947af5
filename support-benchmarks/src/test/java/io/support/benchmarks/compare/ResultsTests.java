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

package io.support.benchmarks.compare;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.support.benchmarks.compare.Contender.Stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Results}.
 */
class ResultsTests {

	private static final Contender STOCK = new Contender("stock", Stack.WEBFLUX, List.of());

	private static final Contender SUPPORT = new Contender("support", Stack.WEBFLUX, List.of());

	private final Results results = new Results(Column.more("served %", "%.1f"), Column.less("p99 ms", "%.0f"));

	@Test
	void tableHasMedianAndWorst() {
		add(SUPPORT, 1, 90, 10);
		add(SUPPORT, 2, 99, 20);
		add(SUPPORT, 3, 95, 12);
		assertThat(this.results.toMarkdown().lines()).containsExactly("| connections | contender | served % | p99 ms |",
				"| --- | --- | --- | --- |", "| new | support | 95.0 (90.0) | 12 (20) |");
	}

	@Test
	void contendersStandBesideEachOther() {
		add(STOCK, 1, 1, 1);
		add(SUPPORT, 1, 2, 2);
		add(SUPPORT, 2, 2, 2);
		add(STOCK, 2, 1, 1);
		assertThat(this.results.toMarkdown().lines().skip(2)).satisfiesExactly(
				(row) -> assertThat(row).contains("| stock |"), (row) -> assertThat(row).contains("| support |"));
	}

	@Test
	void figuresThatAreNotThereAreLeftOut() {
		add(STOCK, 1, Double.NaN, Double.NaN);
		add(STOCK, 2, 7, Double.NaN);
		assertThat(this.results.toMarkdown().lines()).last().isEqualTo("| new | stock | 7.0 | - |");
	}

	@Test
	void whatHasNotComeIsSaid() {
		add(STOCK, 1, 1, 3);
		add(STOCK, 2, 1, Double.POSITIVE_INFINITY);
		add(STOCK, 3, 1, 5);
		assertThat(this.results.toMarkdown().lines()).last().isEqualTo("| new | stock | 1.0 | 5 (not) |");
	}

	@Test
	void csvHasEveryRepeat() {
		add(STOCK, 1, 1, 3);
		add(STOCK, 2, Double.NaN, Double.POSITIVE_INFINITY);
		assertThat(this.results.toCsv().lines()).containsExactly("connections,contender,repeat,served %,p99 ms",
				"new,stock,1,1.000,3.000", "new,stock,2,,");
	}

	@Test
	void everyColumnNeedsAFigure() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.results.add(STOCK, Clients.NEW_CONNECTIONS, 1, 1))
			.withMessage("There must be 2 figures, were: 1");
	}

	private void add(Contender contender, int repeat, double served, double p99) {
		this.results.add(contender, Clients.NEW_CONNECTIONS, repeat, served, p99);
	}

}
