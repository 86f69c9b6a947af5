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

package io.support.benchmarks.socket;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a message costs that is cut out of a stream, from a peer on this machine that
 * sends as fast as it can.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReceiveBenchmark {

	private static final int COUNT = 1000;

	/** How long a message is, in bytes. */
	@Param({ "64", "4096" })
	public int size = 64;

	/** How a message ends. */
	@Param
	public Framing framing = Framing.LINE_FEED;

	/** Who reads. */
	@Param
	public Reader reader = Reader.BUFFERED_SOCKET;

	private Reader.Messages messages = (count, hole) -> {
	};

	private AutoCloseable sender = () -> {
	};

	/**
	 * Connects.
	 * @throws IOException if that fails
	 */
	@Setup
	public void connect() throws IOException {
		byte[] message = new byte[this.size];
		Arrays.fill(message, (byte) 'x');
		EndlessSender sender = new EndlessSender(this.framing.frame(message));
		this.sender = sender;
		this.messages = this.reader.open(sender.address(), this.framing);
	}

	/**
	 * Stops listening; the connection ends with the process.
	 * @throws Exception if that fails
	 */
	@TearDown
	public void close() throws Exception {
		this.sender.close();
	}

	/**
	 * Receives messages.
	 * @param hole where they go
	 * @throws IOException if there are none
	 */
	@Benchmark
	@OperationsPerInvocation(COUNT)
	public void receive(Blackhole hole) throws IOException {
		this.messages.receive(COUNT, hole);
	}

}
