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

package io.support.benchmarks.stats;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.support.stats.Sketches;

/**
 * What a key costs in a sketch, by how many different ones there are: what a request pays
 * for its path, and a connection for its address.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OfferBenchmark {

	/**
	 * How many different keys there are.
	 */
	@Param({ "1", "100", "100000" })
	public int keys = 1;

	private final Sketches sketches = new Sketches();

	private String[] paths = {};

	/**
	 * Makes the keys.
	 */
	@Setup
	public void create() {
		this.paths = new String[this.keys];
		for (int i = 0; i < this.keys; i++) {
			this.paths[i] = "/orders/" + i;
		}
	}

	/**
	 * Adds one key.
	 * @param next which
	 */
	@Benchmark
	public void offer(Next next) {
		this.sketches.offer("paths", this.paths[next.index(this.keys)]);
	}

	/**
	 * Goes through the keys by chance.
	 */
	@State(Scope.Thread)
	public static class Next {

		private long random = System.nanoTime() | 1;

		int index(int keys) {
			this.random ^= this.random << 13;
			this.random ^= this.random >>> 7;
			this.random ^= this.random << 17;
			return (int) ((this.random >>> 1) % keys);
		}

	}

}
