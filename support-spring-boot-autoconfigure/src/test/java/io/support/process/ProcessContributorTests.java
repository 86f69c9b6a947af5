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

package io.support.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProcessContributor}, with this process.
 */
class ProcessContributorTests {

	private final ProcessContributor contributor = new ProcessContributor((name, value) -> value, System::nanoTime);

	@Test
	void processIsThisOne() {
		ProcessSnapshot snapshot = this.contributor.snapshot();
		assertThat(snapshot.process().pid()).isEqualTo(ProcessHandle.current().pid());
		assertThat(snapshot.process().parentPid())
			.isEqualTo(ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(null));
		assertThat(snapshot.process().arguments()).isNotEmpty();
		assertThat(snapshot.jvm().pools()).anySatisfy((pool) -> assertThat(pool.kind()).isEqualTo("heap"))
			.anySatisfy((pool) -> assertThat(pool.name()).isEqualTo("Metaspace"));
		assertThat(snapshot.jvm().collectors()).isNotEmpty();
		assertThat(snapshot.jvm().buffers()).extracting(ProcessSnapshot.Buffers::name).contains("direct", "mapped");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void kernelTellsMemoryTimeAndLimits() {
		ProcessSnapshot snapshot = this.contributor.snapshot();
		assertThat(snapshot.memory().residentBytes()).isBetween(10_000_000L, snapshot.memory().virtualBytes());
		assertThat(snapshot.memory().peakResidentBytes()).isGreaterThanOrEqualTo(10_000_000L);
		assertThat(snapshot.cpu().userNanos()).isPositive();
		assertThat(snapshot.cpu().usedNanos()).isGreaterThanOrEqualTo(snapshot.cpu().userNanos() / 2);
		assertThat(snapshot.cpu().voluntarySwitches()).isNotNull();
		assertThat(snapshot.cpu().minorFaults()).isPositive();
		assertThat(snapshot.limits()).anySatisfy((limit) -> {
			assertThat(limit.name()).isEqualTo("open files");
			assertThat(limit.used()).isPositive();
			assertThat(limit.soft()).matches("\\d+|unlimited");
			assertThat(limit.counted()).isEqualTo("files");
		});
		assertThat(snapshot.scheduling().nice()).isBetween(-20L, 19L);
		assertThat(snapshot.scheduling().cpus()).isNotBlank();
		assertThat(snapshot.cgroup()).isNotNull();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void pagesAreThereOnDemand() {
		assertThat(this.contributor.detail("pages").orElseThrow().toString()).contains("pssBytes=")
			.doesNotContain("unavailable");
		assertThat(this.contributor.detail("other")).isEmpty();
	}

	@Test
	void threadThatIsBusyIsNamed() throws InterruptedException {
		ThreadTimes times = new ThreadTimes(System::nanoTime);
		times.look();
		CountDownLatch worked = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		Thread busy = new Thread(() -> {
			long end = System.nanoTime() + 200_000_000;
			while (System.nanoTime() < end) {
				Thread.onSpinWait();
			}
			worked.countDown();
			try {
				over.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "busy-for-a-while");
		busy.start();
		worked.await();
		assertThat(times.look().top()).anySatisfy((thread) -> {
			assertThat(thread.name()).isEqualTo("busy-for-a-while");
			assertThat(thread.kind()).isEqualTo("java");
			assertThat(thread.cpuRatio()).isPositive();
			assertThat(thread.cpuNanos()).isPositive();
		});
		assertThat(times.look().top()).hasSizeLessThanOrEqualTo(ThreadTimes.SHOWN);
		over.countDown();
		busy.join();
	}

	@Test
	@SuppressWarnings("unchecked")
	void socketsAreCounted(@TempDir Path net) throws IOException {
		Files.writeString(net.resolve("snmp"), "Tcp: OutSegs RetransSegs PassiveOpens\nTcp: 200 3 9\n");
		Files.writeString(net.resolve("netstat"), "TcpExt: ListenOverflows ListenDrops\nTcpExt: 5 6\n");
		Files.writeString(net.resolve("tcp"), """
				  sl  local_address rem_address   st
				   0: 0100007F:1F90 00000000:0000 0A x
				   1: 0100007F:1F90 0200000A:01BB 01 x
				   2: 0100007F:1F91 0200000A:01BB 01 x
				   3: 0100007F:1F91 0200000A:01BB 7F x
				""");
		Files.writeString(net.resolve("sockstat"), "sockets: used 9\nTCP: inuse 3 orphan 1 tw 7 alloc 9 mem 0\n");
		Files.writeString(net.resolve("sockstat6"), "TCP6: inuse 2\nUDP6: inuse 1\n");
		NetworkReader reader = new NetworkReader(net);
		ProcessSnapshot.Network network = reader.read();
		assertThat(network.sockets()).isEqualTo(5);
		assertThat(network.timeWaitSockets()).isEqualTo(7);
		assertThat(network.orphanedSockets()).isEqualTo(1);
		assertThat(reader.states()).containsEntry("more", false);
		assertThat((List<ProcessSnapshot.TcpState>) reader.states().get("states")).containsExactly(
				new ProcessSnapshot.TcpState("established", 2), new ProcessSnapshot.TcpState("listening", 1),
				new ProcessSnapshot.TcpState("other", 1));
		assertThat(network.retransmittedRatio()).isEqualTo(0.015);
		assertThat(network.listenOverflows()).isEqualTo(5);
		assertThat(network.accepted()).isEqualTo(9);
		assertThat(new NetworkReader(net.resolve("none")).read()).isNull();
		assertThat(new NetworkReader(net.resolve("none")).states()).containsOnlyKeys("unavailable");
	}

	@Test
	void nativeMemoryIsReadByPurpose() {
		assertThat(JvmReader.tracked("""
				Total: reserved=9KB, committed=8KB

				-                 Java Heap (reserved=64KB, committed=32KB)
				                            (mmap: reserved=64KB, committed=32KB)
				-    Native Memory Tracking (reserved=2KB, committed=1KB)
				""")).containsExactly(new ProcessSnapshot.Tracked("Java Heap", 65_536, 32_768),
				new ProcessSnapshot.Tracked("Native Memory Tracking", 2048, 1024));
	}

}
