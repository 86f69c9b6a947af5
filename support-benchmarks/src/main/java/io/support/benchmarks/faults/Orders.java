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
import java.io.PrintStream;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a worker process is told and answers: a line for each order, and a line for each
 * answer. An order is a verb, a blank and JSON; an answer is JSON after {@value #OK}, or
 * a message after {@value #FAILED}.
 */
final class Orders {

	private static final Log logger = LogFactory.getLog(Orders.class);

	static final String OK = "ok ";

	static final String FAILED = "failed ";

	private final JsonMapper json = JsonMapper.builder().build();

	private final Map<String, Verb> verbs;

	Orders(Map<String, Verb> verbs) {
		this.verbs = Map.copyOf(verbs);
	}

	/**
	 * Carries out orders until there are no more.
	 * @param orders where they come from
	 * @param answers where the answers go; nothing else may write there
	 * @throws IOException if the orders cannot be read
	 */
	void serve(BufferedReader orders, PrintStream answers) throws IOException {
		for (String line = orders.readLine(); line != null; line = orders.readLine()) {
			answers.println(answer(line));
			answers.flush();
		}
	}

	private String answer(String line) {
		try {
			String[] parts = line.split(" ", 2);
			Verb verb = this.verbs.get(parts[0]);
			if (verb == null || parts.length < 2) {
				throw new IllegalArgumentException("Not an order: " + line);
			}
			return OK + this.json.writeValueAsString(verb.carryOut(this.json, parts[1]));
		}
		catch (Exception ex) {
			// Whoever has given the order is told what, and the log where.
			logger.error("Could not carry out: " + line, ex);
			return FAILED + ex.toString().replace('\n', ' ');
		}
	}

	/**
	 * One kind of order.
	 */
	interface Verb {

		/**
		 * Carries out an order.
		 * @param json reads it
		 * @param order what it says
		 * @return the answer
		 * @throws Exception if it cannot be carried out
		 */
		Object carryOut(JsonMapper json, String order) throws Exception;

	}

}
