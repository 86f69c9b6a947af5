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

package io.support.autoconfigure.meta;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

import javax.imageio.ImageIO;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;

import io.support.profile.ProfileKind;
import io.support.profile.Profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The profiler's pages in a real browser, where one is installed: the graph is drawn, and
 * nothing is asked for that the policy forbids.
 */
@Timeout(120)
class MetaProfileBrowserTests {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final int WIDTH = 800;

	private final Thread burner = new Thread(this::burn, MetaServer.HOSTILE);

	private volatile boolean done;

	@TempDir
	private Path directory;

	@AfterEach
	void stop() {
		this.done = true;
	}

	private void burn() {
		double sum = 0;
		while (!this.done) {
			sum += Math.sqrt(sum + 1);
		}
		assertThat(sum).isPositive();
	}

	@Test
	void flameGraphIsDrawn() throws Exception {
		assumeThat(CHROMIUM).isExecutable();
		try (MetaServer server = MetaServer.start(WebApplicationType.REACTIVE,
				"management.endpoints.web.exposure.include=support,supportprofile",
				"management.endpoint.supportprofile.access=unrestricted",
				"support.profile.application-packages=" + MetaProfileBrowserTests.class.getPackageName())) {
			this.burner.setDaemon(true);
			this.burner.start();
			Profiler profiler = server.bean(Profiler.class);
			String id = profiler.start(EnumSet.of(ProfileKind.CPU), Duration.ofSeconds(2)).get(0);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> "finished".equals(profiler.snapshot().get("state")));
			BufferedImage result = visit(server.uri("/actuator/supportprofile/" + id).toString());
			assertThat(applicationPixels(result)).as("pixels of the application's frames").isGreaterThan(WIDTH);
			assertThat(applicationPixels(visit(server.uri("/actuator/supportprofile").toString()))).isZero();
		}
	}

	/* The colour of the style sheet on white, in any of its shades. */
	private static long applicationPixels(BufferedImage image) {
		long pixels = 0;
		for (int y = 0; y < image.getHeight(); y++) {
			for (int x = 0; x < image.getWidth(); x++) {
				int red = (image.getRGB(x, y) >> 16) & 0xff;
				int green = (image.getRGB(x, y) >> 8) & 0xff;
				int blue = image.getRGB(x, y) & 0xff;
				pixels += (red > 235 && green > 165 && green < 200 && blue > 100 && blue < 150) ? 1 : 0;
			}
		}
		return pixels;
	}

	private BufferedImage visit(String page) throws IOException, InterruptedException {
		Path log = this.directory.resolve("log");
		Path picture = this.directory.resolve("page.png");
		Process process = new ProcessBuilder(CHROMIUM.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
				"--user-data-dir=" + this.directory.resolve("profile"), "--enable-logging=stderr", "--log-level=0",
				"--virtual-time-budget=3000", "--window-size=" + WIDTH + ",800", "--screenshot=" + picture, page)
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("Chromium ended in time").isTrue();
			assertThat(Files.readString(log, StandardCharsets.ISO_8859_1)).doesNotContain("Content Security Policy",
					"Uncaught");
			return ImageIO.read(picture.toFile());
		}
		finally {
			process.destroyForcibly();
		}
	}

}
