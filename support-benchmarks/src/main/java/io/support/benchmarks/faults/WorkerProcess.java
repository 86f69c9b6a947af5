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

package io.support.benchmarks.faults;

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

import io.support.benchmarks.compare.Jdk;
import io.support.benchmarks.compare.PinnedJvm;

/**
 * A JVM that carries out {@link Orders}. It may use all processors until it is pinned.
 */
final class WorkerProcess implements AutoCloseable {

	private final JsonMapper json = JsonMapper.builder().build();

	private final String name;

	private final PinnedJvm jvm;

	private final Writer orders;

	private final BufferedReader answers;

	private WorkerProcess(String name, PinnedJvm jvm) {
		this.name = name;
		this.jvm = jvm;
		this.orders = jvm.process().outputWriter();
		this.answers = jvm.process().inputReader();
	}

	static WorkerProcess start(String name, Jdk jdk, List<String> options, Class<?> main, Path logs)
			throws IOException {
		return new WorkerProcess(name, PinnedJvm.startUnpinned(jdk, options, main, List.of(), Redirect.PIPE,
				logs.resolve("faults-" + name + ".log")));
	}

	String name() {
		return this.name;
	}

	void pin(int core) throws IOException {
		this.jvm.pin(core);
	}

	/**
	 * Has an order carried out.
	 * @param verb what kind of order
	 * @param order what it says
	 * @param answer what the answer is
	 * @param limit how long it may take
	 * @param <T> what the answer is
	 * @return the answer
	 * @throws IOException if the process has ended, or could not carry it out
	 */
	<T> T ask(String verb, Object order, Class<T> answer, Duration limit) throws IOException {
		this.orders.write(verb + " " + this.json.writeValueAsString(order) + "\n");
		this.orders.flush();
		String line = CompletableFuture.supplyAsync(this::readLine)
			.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
			.join();
		if (!line.startsWith(Orders.OK)) {
			throw new IOException(this.name + " could not " + verb + " " + order + ": " + line + "; see faults-"
					+ this.name + ".log");
		}
		return this.json.readValue(line.substring(Orders.OK.length()), answer);
	}

	private String readLine() {
		try {
			String line = this.answers.readLine();
			if (line == null) {
				throw new IOException("The process has ended; see faults-" + this.name + ".log");
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
