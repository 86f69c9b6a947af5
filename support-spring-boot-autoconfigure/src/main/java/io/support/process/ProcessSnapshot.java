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

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The process at one moment. What the platform does not tell is {@code null}.
 *
 * @param process who it is
 * @param cpu the processor time it has used
 * @param memory its memory as the kernel counts it
 * @param io what it has read and written
 * @param scheduling how the kernel treats it
 * @param cgroup what its control group may use
 * @param threads those that used most of the processor since somebody looked last
 * @param limits what the process may use
 * @param network what the kernel counts of TCP
 * @param jvm what the JVM tells of itself
 * @param parts what takes longer to tell
 * @param details which of these can be had in full, and by what
 */
public record ProcessSnapshot(Identity process, Cpu cpu, Memory memory, Io io, Scheduling scheduling, Cgroup cgroup,
		List<ThreadTime> threads, List<Limit> limits, @Nullable Network network, Jvm jvm, List<Part> parts,
		String details) {

	/**
	 * Who the process is.
	 *
	 * @param pid its number
	 * @param parentPid the number of the process that started it
	 * @param parentCommand what that one runs
	 * @param user whose process it is
	 * @param userId the same as a number
	 * @param command what it runs
	 * @param arguments with which arguments; secrets are hidden, long ones are cut
	 * @param directory its working directory
	 * @param startedAt when the JVM was started
	 * @param uptimeMillis for how long it has been running
	 */
	public record Identity(long pid, @Nullable Long parentPid, @Nullable String parentCommand, @Nullable String user,
			@Nullable Long userId, @Nullable String command, List<String> arguments, @Nullable String directory,
			Instant startedAt, long uptimeMillis) {

	}

	/**
	 * The processor time it has used.
	 *
	 * @param cpus how many processors the JVM may use
	 * @param usedNanos all time used
	 * @param userNanos the time outside of the kernel
	 * @param systemNanos the time in the kernel
	 * @param childrenUserNanos that of processes which it started and which have ended
	 * @param childrenSystemNanos the same in the kernel
	 * @param cores how many processors it used at the same time since somebody looked
	 * last
	 * @param usedRatio which share of all processors that is
	 * @param sinceMillis how long ago somebody looked last
	 * @param minorFaults how often a page was not mapped
	 * @param majorFaults how often it had to be read
	 * @param voluntarySwitches how often its threads gave up the processor
	 * @param involuntarySwitches how often it was taken from them
	 * @param waitedNanos for how long they were ready to run and had none
	 */
	public record Cpu(int cpus, @Nullable Long usedNanos, @Nullable Long userNanos, @Nullable Long systemNanos,
			@Nullable Long childrenUserNanos, @Nullable Long childrenSystemNanos, @Nullable Double cores,
			@Nullable Double usedRatio, long sinceMillis, @Nullable Long minorFaults, @Nullable Long majorFaults,
			@Nullable Long voluntarySwitches, @Nullable Long involuntarySwitches, @Nullable Long waitedNanos) {

	}

	/**
	 * Its memory as the kernel counts it.
	 *
	 * @param residentBytes in memory now
	 * @param peakResidentBytes the most there ever was
	 * @param anonymousBytes of it what no file has
	 * @param fileBytes of it pages of files
	 * @param sharedBytes of it what is shared with other processes
	 * @param virtualBytes address space
	 * @param swapBytes swapped out
	 * @param pageTableBytes what the kernel needs for it
	 * @param lockedBytes what cannot be swapped out
	 */
	public record Memory(@Nullable Long residentBytes, @Nullable Long peakResidentBytes, @Nullable Long anonymousBytes,
			@Nullable Long fileBytes, @Nullable Long sharedBytes, @Nullable Long virtualBytes, @Nullable Long swapBytes,
			@Nullable Long pageTableBytes, @Nullable Long lockedBytes) {

	}

	/**
	 * What it has read and written.
	 *
	 * @param readBytes what read calls returned, from sockets and caches too
	 * @param writtenBytes what write calls took
	 * @param readCalls how many calls read
	 * @param writeCalls how many wrote
	 * @param diskReadBytes what came from a disk
	 * @param diskWrittenBytes what was to be written to one
	 */
	public record Io(@Nullable Long readBytes, @Nullable Long writtenBytes, @Nullable Long readCalls,
			@Nullable Long writeCalls, @Nullable Long diskReadBytes, @Nullable Long diskWrittenBytes) {

	}

	/**
	 * How the kernel treats it.
	 *
	 * @param nice -20 for much of the processor, 19 for little
	 * @param priority what the scheduler makes of it
	 * @param cpus the processors on which it may run
	 * @param memoryNodes the nodes whose memory it may have
	 * @param oomScore how likely it is to be killed when memory runs out, 0 to 2000
	 * @param oomScoreAdjustment what is added to that
	 */
	public record Scheduling(@Nullable Long nice, @Nullable Long priority, @Nullable String cpus,
			@Nullable String memoryNodes, @Nullable Long oomScore, @Nullable Long oomScoreAdjustment) {

	}

	/**
	 * What its control group may use, and has been denied.
	 *
	 * @param version that of cgroups; 0 where there are none
	 * @param path the group
	 * @param cpus how many processors it may use at the same time; {@code null} for all
	 * @param periods how many periods there were in which that was looked at
	 * @param throttled in how many of them it was made to wait
	 * @param throttledNanos for how long
	 * @param usedBytes memory in use, caches of files included
	 * @param maxBytes the limit of it; {@code null} for none
	 * @param highBytes from where on it is slowed down; {@code null} for nowhere
	 * @param swapBytes what is swapped out
	 * @param highEvents how often it was slowed down
	 * @param maxEvents how often it was at the limit
	 * @param oomEvents how often nothing could be freed
	 * @param oomKills how many processes were killed for it
	 * @param tasks how many threads there are in it
	 * @param maxTasks how many there may be; {@code null} for any number
	 * @param unavailable why nothing is known; {@code null} where something is
	 */
	public record Cgroup(int version, @Nullable String path, @Nullable Double cpus, @Nullable Long periods,
			@Nullable Long throttled, @Nullable Long throttledNanos, @Nullable Long usedBytes, @Nullable Long maxBytes,
			@Nullable Long highBytes, @Nullable Long swapBytes, @Nullable Long highEvents, @Nullable Long maxEvents,
			@Nullable Long oomEvents, @Nullable Long oomKills, @Nullable Long tasks, @Nullable Long maxTasks,
			@Nullable String unavailable) {

		static Cgroup unavailable(String reason) {
			return new Cgroup(0, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
					null, reason);
		}

	}

	/**
	 * What a thread has used of the processor.
	 *
	 * @param name its name; that of the JVM's own has 15 characters at the most
	 * @param kind {@code java}, or {@code jvm} for those of the JVM itself
	 * @param cpuNanos all that it has used
	 * @param cpuRatio which share of one processor it used since somebody looked last
	 * @param waitedNanos for how long it was ready to run and had none; only known of the
	 * JVM's own
	 */
	public record ThreadTime(String name, String kind, long cpuNanos, double cpuRatio, @Nullable Long waitedNanos) {

		double order() {
			// Those that have done nothing lately follow by what they have used at all.
			return this.cpuRatio + this.cpuNanos / 1e21;
		}

	}

	/**
	 * What the process may use of something.
	 *
	 * @param name what it is
	 * @param used how much it uses, where that is known
	 * @param soft how much it may
	 * @param hard how much it may allow itself
	 * @param counted what is counted
	 */
	public record Limit(String name, @Nullable Long used, String soft, String hard, @Nullable String counted) {

	}

	/**
	 * What the kernel counts of TCP, for the network namespace of the process.
	 *
	 * @param sockets how many there are, but for those that wait for stragglers
	 * @param timeWaitSockets how many wait for stragglers after their end
	 * @param orphanedSockets how many no process has any more
	 * @param opened connections that were opened from here
	 * @param accepted connections that others opened
	 * @param failedAttempts connections that were not opened
	 * @param resets connections that were reset
	 * @param sentSegments segments sent
	 * @param retransmittedSegments segments sent again
	 * @param retransmittedRatio their share
	 * @param timeouts how often nothing came in time
	 * @param listenOverflows connections for which a backlog had no room
	 * @param listenDrops connections that a listener dropped for any reason
	 * @param sentResets resets sent
	 */
	public record Network(@Nullable Long sockets, @Nullable Long timeWaitSockets, @Nullable Long orphanedSockets,
			@Nullable Long opened, @Nullable Long accepted, @Nullable Long failedAttempts, @Nullable Long resets,
			@Nullable Long sentSegments, @Nullable Long retransmittedSegments, @Nullable Double retransmittedRatio,
			@Nullable Long timeouts, @Nullable Long listenOverflows, @Nullable Long listenDrops,
			@Nullable Long sentResets) {

	}

	/**
	 * How many sockets are in a state.
	 *
	 * @param name the state
	 * @param sockets how many
	 */
	public record TcpState(String name, int sockets) {

	}

	/**
	 * What the JVM tells of itself.
	 *
	 * @param pools its memory by pool
	 * @param buffers memory outside of the heap that programs have asked for
	 * @param collectors what the garbage collectors have done
	 * @param nativeMemory what it uses itself, by purpose
	 * @param nativeMemoryUnavailable why that is not known; {@code null} where it is
	 * @param flags the flags that are not what they are by default; {@code null} where
	 * they are not known
	 * @param arguments what it was started with, its secrets hidden
	 */
	public record Jvm(List<Pool> pools, List<Buffers> buffers, List<Collector> collectors, List<Tracked> nativeMemory,
			@Nullable String nativeMemoryUnavailable, @Nullable List<String> flags, List<String> arguments) {

	}

	/**
	 * A memory pool.
	 *
	 * @param name its name
	 * @param kind {@code heap} or {@code non-heap}
	 * @param usedBytes in use
	 * @param committedBytes taken from the operating system
	 * @param maxBytes the limit; {@code null} for none
	 * @param peakBytes the most that was ever in use
	 * @param collectedBytes in use after the last garbage collection
	 */
	public record Pool(String name, String kind, long usedBytes, long committedBytes, @Nullable Long maxBytes,
			@Nullable Long peakBytes, @Nullable Long collectedBytes) {

	}

	/**
	 * Buffers of a kind.
	 *
	 * @param name {@code direct}, {@code mapped}
	 * @param buffers how many there are
	 * @param usedBytes the memory they take
	 * @param capacityBytes what fits into them
	 */
	public record Buffers(String name, long buffers, long usedBytes, long capacityBytes) {

	}

	/**
	 * A garbage collector.
	 *
	 * @param name its name
	 * @param collections how many there were
	 * @param totalMillis how long they took together
	 * @param meanMillis how long one took
	 * @param pools what it collects
	 */
	public record Collector(String name, long collections, long totalMillis, @Nullable Double meanMillis,
			List<String> pools) {

	}

	/**
	 * Native memory for a purpose.
	 *
	 * @param name the purpose
	 * @param reservedBytes address space
	 * @param committedBytes memory
	 */
	public record Tracked(String name, long reservedBytes, long committedBytes) {

	}

	/**
	 * What takes longer to tell.
	 *
	 * @param name what its page is called
	 * @param what what it says
	 */
	public record Part(String name, String what) {

	}

}
