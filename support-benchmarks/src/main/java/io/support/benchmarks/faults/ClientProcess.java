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
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * One contender, in a JVM of its own that stays warm from fault to fault: for each there
 * is a fresh application. A comparison starts it and tells it what to call; the end of
 * the standard input ends it.
 */
public final class ClientProcess {

	private final CallLoop loop;

	private @Nullable ConfigurableApplicationContext context;

	private ClientProcess(CallLoop loop) {
		this.loop = loop;
	}

	/**
	 * Calls until there are no more orders.
	 * @param arguments none
	 * @throws IOException if orders cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		PrintStream answers = System.out;
		System.setOut(System.err);
		ClientProcess process = new ClientProcess(new CallLoop(System::nanoTime));
		new Orders(Map.of("open", process::open, "run", process::run, "close", process::close))
			.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), answers);
		System.exit(0);
	}

	private boolean open(JsonMapper json, String text) {
		Opening order = json.readValue(text, Opening.class);
		if (this.context != null) {
			throw new IllegalStateException("There is an application already");
		}
		this.context = ClientApplication.start(order.contender(), order.properties());
		return true;
	}

	private CallReport run(JsonMapper json, String text) {
		return this.loop.run(context().getBean(Calls.class), json.readValue(text, CallPlan.class));
	}

	private boolean close(JsonMapper json, String text) {
		context().close();
		this.context = null;
		return true;
	}

	private ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context, "There is no application");
	}

	/**
	 * The order to start an application.
	 *
	 * @param contender what it calls with
	 * @param properties its properties, a name, an equals sign and a value each
	 */
	record Opening(String contender, List<String> properties) {

	}

}
