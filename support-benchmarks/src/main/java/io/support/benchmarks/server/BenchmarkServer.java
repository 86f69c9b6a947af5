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

package io.support.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerPortFileWriter;

/**
 * The application that is measured. A comparison starts it, reads its port from the file
 * named by {@value #PORT_FILE}, and ends it; should the comparison die first, the end of
 * the standard input ends it too.
 */
@SpringBootApplication
public class BenchmarkServer {

	/**
	 * The system property that names the file for the port.
	 */
	public static final String PORT_FILE = "benchmark.port-file";

	/**
	 * Starts the server.
	 * @param arguments properties as Spring Boot takes them
	 */
	public static void main(String[] arguments) {
		SpringApplication application = new SpringApplication(BenchmarkServer.class);
		String portFile = System.getProperty(PORT_FILE);
		if (portFile != null) {
			application.addListeners(new WebServerPortFileWriter(portFile));
			Thread watch = new Thread(() -> exitAtEndOf(System.in), "parent-watch");
			watch.setDaemon(true);
			watch.start();
		}
		application.run(arguments);
	}

	private static void exitAtEndOf(InputStream parent) {
		try {
			parent.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			// As good as the end.
		}
		Runtime.getRuntime().halt(0);
	}

	/**
	 * Prints how many rounds of work take a time on the processor this runs on.
	 */
	public static final class Calibration {

		private Calibration() {
		}

		/**
		 * Calibrates.
		 * @param arguments the time in milliseconds
		 */
		public static void main(String[] arguments) {
			System.out.println(CpuWork.calibrate(Duration.ofNanos((long) (Double.parseDouble(arguments[0]) * 1e6))));
		}

	}

}
