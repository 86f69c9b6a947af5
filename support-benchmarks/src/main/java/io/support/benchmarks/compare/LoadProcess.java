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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.json.JsonMapper;

import io.support.benchmarks.Benchmarks;
import io.support.benchmarks.load.LoadPlan;
import io.support.benchmarks.load.LoadReport;

/**
 * The load generator in a JVM of its own on one processor, warm from run to run.
 */
final class LoadProcess implements AutoCloseable {

	private static final Duration GRACE = Duration.ofMinutes(1);

	private final JsonMapper json = JsonMapper.builder().build();

	private final PinnedJvm jvm;

	private final Writer plans;

	private final BufferedReader reports;

	private LoadProcess(PinnedJvm jvm) {
		this.jvm = jvm;
		this.plans = jvm.process().outputWriter();
		this.reports = jvm.process().inputReader();
	}

	static LoadProcess start(int core, Path logs) throws IOException {
		return new LoadProcess(PinnedJvm.start(core, Jdk.running(), List.of("-Xms1g", "-Xmx1g"), Benchmarks.class,
				List.of("load-worker"), Redirect.PIPE, logs.resolve("load.log")));
	}

	LoadReport run(LoadPlan plan) throws IOException {
		this.plans.write(this.json.writeValueAsString(plan) + "\n");
		this.plans.flush();
		long limit = plan.settle().plus(plan.duration()).plus(plan.timeout()).plus(GRACE).toMillis();
		String report = CompletableFuture.supplyAsync(this::readLine).orTimeout(limit, TimeUnit.MILLISECONDS).join();
		return this.json.readValue(report, LoadReport.class);
	}

	private String readLine() {
		try {
			String line = this.reports.readLine();
			if (line == null) {
				throw new IOException("The load generator's process has ended; see load.log");
			}
			return line;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.jvm.close();
	}

}
