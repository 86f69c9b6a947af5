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

package io.support.autoconfigure.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.support.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a real process ends: what it still answers, and with which code.
 */
@EnabledOnOs(OS.LINUX)
class ProcessEndTests {

	private Process process;

	private final Queue<String> output = new ConcurrentLinkedQueue<>();

	@AfterEach
	void end() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	@Test
	void terminatedProcessFinishesItsRequest() throws Exception {
		int port = start();
		try (HttpConnection busy = HttpConnection.to(port)) {
			assertThat(busy.get("/hello")).endsWith("hello");
			busy.send("/slow");
			try (HttpConnection probe = HttpConnection.to(port)) {
				// Answered after the slow request has been received on the other
				// connection.
				assertThat(probe.get("/hello")).endsWith("hello");
			}
			this.process.destroy();
			assertThat(busy.receive()).containsIgnoringCase("connection: close").endsWith("slow");
			assertThat(busy.isClosedByPeer()).isTrue();
		}
		assertThat(this.process.waitFor(20, TimeUnit.SECONDS)).as(() -> "" + this.output).isTrue();
		assertThat(this.process.exitValue()).isEqualTo(143);
	}

	@Test
	void processAboveItsMemoryLimitIsDrainedAndEndsWithItsCode() throws Exception {
		int port = start("--support.worker.memory-limit=1MB", "--support.worker.on-memory-limit=exit");
		try (HttpConnection client = HttpConnection.to(port)) {
			String response = client.get("/slow");
			while (!response.toLowerCase(Locale.ROOT).contains("connection: close")) {
				assertThat(response).endsWith("slow");
				response = client.get("/slow");
			}
			assertThat(response).endsWith("slow");
			assertThat(client.isClosedByPeer()).isTrue();
		}
		assertThat(this.process.waitFor(20, TimeUnit.SECONDS)).as(() -> "" + this.output).isTrue();
		assertThat(this.process.exitValue()).isEqualTo(86);
		assertThat(this.output).anySatisfy((line) -> assertThat(line).contains("support.worker.memory-limit of 1 MB"));
	}

	private int start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
				System.getProperty("java.class.path"), DrainedApplication.class.getName(), "--server.port=0",
				"--spring.reactor.netty.shutdown-quiet-period=0s", "--spring.main.web-application-type=reactive"));
		command.addAll(List.of(arguments));
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		BufferedReader reader = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
		String line;
		while ((line = reader.readLine()) != null) {
			this.output.add(line);
			if (line.startsWith("PORT ")) {
				drainOutput(reader);
				return Integer.parseInt(line.substring(5));
			}
		}
		throw new IllegalStateException("The application did not start: " + this.output);
	}

	private void drainOutput(BufferedReader reader) {
		Thread thread = new Thread(() -> {
			try {
				String line;
				while ((line = reader.readLine()) != null) {
					this.output.add(line);
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

}
