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

package io.support.autoconfigure.connection;

/**
 * How many requests of a group may be sent more than once.
 */
public class RetryBudgetProperties {

	/**
	 * Number of retries and hedges that each request allows for.
	 */
	private double ratio = 0.2;

	/**
	 * Number of retries and hedges that are allowed in a second in any case.
	 */
	private int minPerSecond = 10;

	public double getRatio() {
		return this.ratio;
	}

	public void setRatio(double ratio) {
		this.ratio = ratio;
	}

	public int getMinPerSecond() {
		return this.minPerSecond;
	}

	public void setMinPerSecond(int minPerSecond) {
		this.minPerSecond = minPerSecond;
	}

}
