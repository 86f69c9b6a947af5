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

package io.support.proc;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

import org.jspecify.annotations.Nullable;

/**
 * One of the commands that HotSpot answers in text, the same as {@code jcmd} has, asked
 * through its MBean. Other JVMs have none. Thread-safe.
 */
public final class DiagnosticCommand {

	private static final String BEAN = "com.sun.management:type=DiagnosticCommand";

	private final String operation;

	/**
	 * Names a command.
	 * @param operation the name of the MBean's operation, such as
	 * {@code gcClassHistogram}
	 */
	public DiagnosticCommand(String operation) {
		this.operation = operation;
	}

	/**
	 * Says why the command cannot be asked.
	 * @return the reason; {@code null} if it can
	 */
	public @Nullable String unavailable() {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		try {
			boolean known = Arrays.stream(server.getMBeanInfo(bean()).getOperations())
				.map(MBeanOperationInfo::getName)
				.anyMatch(this.operation::equals);
			return known ? null : "This JVM does not know the diagnostic command " + this.operation;
		}
		catch (JMException ex) {
			return "This JVM (" + System.getProperty("java.vm.name")
					+ ") has no diagnostic commands, which HotSpot has";
		}
	}

	/**
	 * Asks the command. Waits for the JVM, however long that takes.
	 * @param arguments its arguments
	 * @return what it says
	 * @throws IllegalStateException if it cannot be asked
	 */
	public String run(String... arguments) {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		boolean bare = Arrays.stream(operations(server))
			.filter((operation) -> operation.getName().equals(this.operation))
			.allMatch((operation) -> operation.getSignature().length == 0);
		try {
			return String.valueOf(bare ? server.invoke(bean(), this.operation, null, null) : server.invoke(bean(),
					this.operation, new Object[] { arguments }, new String[] { String[].class.getName() }));
		}
		catch (JMException ex) {
			throw new IllegalStateException("The diagnostic command " + this.operation + " failed: " + ex.getMessage(),
					ex);
		}
	}

	private static MBeanOperationInfo[] operations(MBeanServer server) {
		try {
			return server.getMBeanInfo(bean()).getOperations();
		}
		catch (JMException ex) {
			throw new IllegalStateException(
					"This JVM has no diagnostic commands, which HotSpot has: " + ex.getMessage(), ex);
		}
	}

	private static ObjectName bean() throws MalformedObjectNameException {
		return new ObjectName(BEAN);
	}

}
