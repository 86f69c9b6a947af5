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

package io.support.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;
import java.util.function.LongSupplier;

import com.sun.management.OperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

/**
 * How much of the processors was used since the last look. The JVM's own figures are
 * since anybody's last look, and so of a moment if a page has just asked for them. For
 * one thread.
 */
final class CpuTimes {

	private static final Path STAT = Path.of("/proc/stat");

	private final @Nullable OperatingSystemMXBean system = (ManagementFactory
		.getOperatingSystemMXBean() instanceof OperatingSystemMXBean detailed) ? detailed : null;

	private final LongSupplier nanoTime;

	private final Path stat;

	private long processNanos = -1;

	private long lookNanos;

	private long busyTicks = -1;

	private long allTicks;

	private double processRatio = Double.NaN;

	private double hostRatio = Double.NaN;

	CpuTimes(LongSupplier nanoTime) {
		this(nanoTime, STAT);
	}

	CpuTimes(LongSupplier nanoTime, Path stat) {
		this.nanoTime = nanoTime;
		this.stat = stat;
	}

	/**
	 * Looks again.
	 */
	void look() {
		process();
		this.hostRatio = Double.NaN;
		if (Files.isReadable(this.stat)) {
			try (BufferedReader reader = Files.newBufferedReader(this.stat)) {
				host(reader.readLine());
			}
			catch (IOException | NumberFormatException ex) {
				this.busyTicks = -1;
			}
		}
	}

	private void process() {
		long nanos = (this.system != null) ? this.system.getProcessCpuTime() : -1;
		long now = this.nanoTime.getAsLong();
		double elapsed = (double) (now - this.lookNanos) * Runtime.getRuntime().availableProcessors();
		this.processRatio = (nanos >= 0 && this.processNanos >= 0 && elapsed > 0)
				? Math.min(1, (nanos - this.processNanos) / elapsed) : Double.NaN;
		this.processNanos = nanos;
		this.lookNanos = now;
	}

	/* cpu user nice system idle iowait irq softirq steal guest guest_nice */
	private void host(@Nullable String line) {
		StringTokenizer fields = new StringTokenizer((line != null) ? line : "");
		if (!fields.hasMoreTokens() || !fields.nextToken().equals("cpu")) {
			return;
		}
		long all = 0;
		long idle = 0;
		// What guests use is in what the user uses.
		for (int i = 0; i < 8 && fields.hasMoreTokens(); i++) {
			long ticks = Long.parseLong(fields.nextToken());
			all += ticks;
			idle += (i == 3 || i == 4) ? ticks : 0;
		}
		long busy = all - idle;
		if (this.busyTicks >= 0 && all > this.allTicks) {
			this.hostRatio = Math.max(0, Math.min(1, (double) (busy - this.busyTicks) / (all - this.allTicks)));
		}
		this.busyTicks = busy;
		this.allTicks = all;
	}

	/**
	 * Returns how much this process has used.
	 * @return 0 to 1, all processors being 1; {@code NaN} if that is not known
	 */
	double processRatio() {
		return this.processRatio;
	}

	/**
	 * Returns how much all processes have used.
	 * @return 0 to 1, all processors being 1; {@code NaN} if that is not known
	 */
	double hostRatio() {
		return this.hostRatio;
	}

}
