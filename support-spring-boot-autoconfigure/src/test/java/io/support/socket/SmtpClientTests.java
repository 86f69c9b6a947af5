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

package io.support.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A client of SMTP on {@link BufferedSocket}, with a real server where one is installed.
 */
class SmtpClientTests {

	@RegisterExtension
	private static final ServerProcess server = ServerProcess.smtp();

	private final LoopResources loops = LoopResources.create("smtp-test", 1, true);

	private BufferedSocket socket;

	@BeforeEach
	void connect() {
		this.socket = BufferedSocket.over(TcpClient.newConnection()
			.runOn(this.loops)
			.host("127.0.0.1")
			.port(server.port())
			.connectNow()
			.channel());
	}

	@AfterEach
	void close() {
		this.socket.close();
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block();
	}

	@Test
	void mailIsDelivered() throws IOException {
		SmtpClient client = new SmtpClient(this.socket);
		assertThat(client.hello()).hasSizeGreaterThan(1).contains("8BITMIME");
		String text = "Subject: delivered\r\n\r\nFirst\r\n.hidden\r\n..\r\n" + "one of many\r\n".repeat(2000) + "end";
		client.send("alice@client.test", "bob@server.test", text);
		client.send("alice@client.test", "bob@server.test", "Subject: second\r\n\r\n.");
		client.quit();
		assertThat(this.socket.receiveToEnd()).isEmpty();
		assertThat(mails()).hasSize(2)
			.anyMatch((mail) -> mail.contains("First\n.hidden\n..\n" + "one of many\n".repeat(2000) + "end"))
			.anyMatch((mail) -> mail.contains("Subject: second") && mail.stripTrailing().endsWith("\n."));
	}

	private static List<String> mails() throws IOException {
		try (Stream<Path> files = Files.list(server.directory().resolve("mail").resolve("new"))) {
			return files.map(SmtpClientTests::read).toList();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file).replace("\r\n", "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void refusalLeavesTheConnectionUsable() throws IOException {
		SmtpClient client = new SmtpClient(this.socket);
		client.hello();
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> client.command("NONSENSE", 250))
			.withMessageStartingWith("500");
		client.command("NOOP", 250);
		client.quit();
	}

}
