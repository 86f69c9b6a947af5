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

package io.support.benchmarks.compare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.support.benchmarks.CommandLine;
import io.support.benchmarks.compare.PageReader.Answer;
import io.support.benchmarks.load.LoadPlan;
import io.support.benchmarks.load.LoadReport;
import io.support.benchmarks.load.Percentiles;

/**
 * What the pages cost, how long they take while the application can do nothing else, and
 * how large they are when there is very much to be shown.
 */
public final class MetaComparison {

	private static final String NAME = "meta";

	private static final String INDEX = "/actuator/support";

	private static final List<String> PAGES = List.of("--management.server.port=0",
			"--management.server.address=127.0.0.1", "--management.endpoints.web.exposure.include=*",
			"--management.endpoints.access.default=read-only");

	/** How often a browser asks. */
	private static final Duration REFRESH = Duration.ofSeconds(5);

	/** So often a page was asked for before its time counts. */
	private static final int WARM = 5;

	private static final Duration SETTLE = Duration.ofSeconds(2);

	private final LongSupplier clock = System::nanoTime;

	private final Settings settings;

	private final Rig rig;

	private final Table isolation = new Table("contender", "meanwhile", "asked", "p50 ms", "p99 ms", "max ms",
			"slowest page");

	private final Table cost = new Table("contender", "% of a core", "with an open page", "its share");

	private final Table size = new Table("contender", "page", "JSON ms", "JSON KiB", "HTML ms", "HTML KiB");

	private MetaComparison(Settings settings, Rig rig) {
		this.settings = settings;
		this.rig = rig;
	}

	/**
	 * Runs the comparison, prints the tables and writes them to files as well.
	 * @param arguments the options, see {@code docs/benchmarks.md}
	 * @throws IOException if a process cannot be started, or ends early
	 */
	public static void main(String... arguments) throws IOException {
		CommandLine options = CommandLine.of(Rig.optionsWith(Workload.OPTIONS, "level", "seconds", "slices", "slice",
				"threads", "meters", "connections"), arguments);
		Settings settings = Settings.of(options);
		try (Rig rig = Rig.open(options, NAME)) {
			Workload workload = Workload.of(rig, options, Scenario.LOOP, settings.duration());
			new MetaComparison(settings, rig).run(workload);
		}
	}

	private void run(Workload workload) throws IOException {
		List<Contender> contenders = this.rig.admit(this.settings.contenders(), Scenario.LOOP);
		Duration one = workload.start()
			.plus(this.settings.duration().multipliedBy(3))
			.plus(this.settings.slice().multipliedBy(2L * this.settings.slices()))
			.plus(Duration.ofMinutes(1));
		this.rig.sayHowLong(one.multipliedBy(contenders.size()));
		try {
			for (Contender contender : contenders) {
				measureLoaded(workload, contender);
				measureIdle(contender);
				measureCrowded(contender);
			}
		}
		finally {
			// What has been measured until one of them fails is not lost.
			this.rig.publish(NAME,
					String.join("\n", this.isolation.toMarkdown(), this.cost.toMarkdown(), this.size.toMarkdown()),
					String.join("\n", this.isolation.toCsv(), this.cost.toCsv(), this.size.toCsv()));
		}
	}

	private void measureLoaded(Workload workload, Contender contender) throws IOException {
		try (ServerProcess server = workload.start(contender, Clients.NEW_CONNECTIONS, PAGES.toArray(String[]::new))) {
			PageReader reader = new PageReader(server, this.clock);
			warm(reader);
			readFor(reader, contender, "nothing");
			double capacity = workload.capacity(server, Clients.NEW_CONNECTIONS);
			String load = String.format(Locale.ROOT, "%.0f x the load", this.settings.level());
			LoadPlan plan = workload
				.plan(server, Clients.NEW_CONNECTIONS, this.settings.level() * capacity, this.settings.duration())
				.settle(SETTLE);
			during(() -> this.rig.run(plan), () -> readFor(reader, contender, load));
			List<CompletableFuture<?>> blocking = block(server);
			during(() -> this.rig.run(plan), () -> readFor(reader, contender, load + ", loops blocked"));
			blocking.forEach((one) -> one.cancel(true));
		}
	}

	/*
	 * Twice as many as there can be loops; a server without loops has so many requests
	 * that wait.
	 */
	private List<CompletableFuture<?>> block(ServerProcess server) throws IOException {
		long millis = this.settings.duration().plus(SETTLE).plusSeconds(2).toMillis();
		List<CompletableFuture<?>> blocking = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			// A connection for each: one that is kept alive leads to a loop that has one.
			blocking.add(HttpClient.newHttpClient()
				.sendAsync(HttpRequest.newBuilder(server.uri("/block?millis=" + millis)).build(),
						BodyHandlers.discarding()));
		}
		if (server.contender().stack() == Contender.Stack.WEBFLUX && isServed(server.uri("/hello"))) {
			throw new IOException("Not all loops are blocked: a request was served");
		}
		return blocking;
	}

	private static boolean isServed(URI uri) {
		for (int i = 0; i < 8; i++) {
			try {
				HttpClient.newHttpClient()
					.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
					.orTimeout(1, TimeUnit.SECONDS)
					.join();
				return true;
			}
			catch (CompletionException ex) {
				// As it should be.
			}
		}
		return false;
	}

	private void during(Load load, Reading reading) throws IOException {
		CountDownLatch begun = new CountDownLatch(1);
		CompletableFuture<LoadReport> report = CompletableFuture.supplyAsync(() -> {
			begun.countDown();
			try {
				return load.run();
			}
			catch (IOException ex) {
				throw new CompletionException(ex);
			}
		});
		try {
			begun.await();
			TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
			reading.read();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
		this.rig.say("meanwhile: %s", report.join().counts());
	}

	/*
	 * Without the class histogram, which stops the JVM for as long as it takes: one asks
	 * for it once, and knows.
	 */
	private void readFor(PageReader reader, Contender contender, String meanwhile) throws IOException {
		List<String> pages = reader.pages().stream().filter((page) -> !page.endsWith("heap")).toList();
		List<Answer> answers = new ArrayList<>();
		long end = this.clock.getAsLong() + this.settings.duration().toNanos();
		while (this.clock.getAsLong() < end) {
			answers.add(reader.ask(pages.get(answers.size() % pages.size()), PageReader.JSON));
		}
		Percentiles times = Percentiles.of(answers.stream().mapToLong(Answer::nanos).toArray());
		String slowest = answers.stream().max(Comparator.comparing(Answer::nanos)).map(Answer::path).orElse("");
		this.isolation.add(contender.name(), meanwhile, Integer.toString(times.count()), millis(times.p50Nanos()),
				millis(times.p99Nanos()), millis(times.maxNanos()), name(slowest));
		this.rig.say("%s, meanwhile %s: p99 of %d pages %s ms", contender.name(), meanwhile, times.count(),
				millis(times.p99Nanos()));
	}

	private void warm(PageReader reader) throws IOException {
		for (int i = 0; i < WARM; i++) {
			for (String page : reader.pages()) {
				reader.ask(page, PageReader.JSON);
				reader.ask(page, PageReader.HTML);
			}
		}
	}

	private void measureIdle(Contender contender) throws IOException {
		try (ServerProcess server = this.rig.start(contender, PAGES, (cold) -> {
			PageReader reader = new PageReader(cold, this.clock);
			for (int i = 0; i < 100 * WARM; i++) {
				reader.ask(INDEX, PageReader.HTML);
			}
		})) {
			PageReader reader = new PageReader(server, this.clock);
			List<Double> alone = new ArrayList<>();
			List<Double> open = new ArrayList<>();
			for (int slice = 0; slice < this.settings.slices(); slice++) {
				alone.add(busy(server, () -> {
				}));
				open.add(busy(server, () -> reader.ask(INDEX, PageReader.HTML)));
			}
			Spread without = Spread.of(alone, Double::doubleValue);
			Spread with = Spread.of(open, Double::doubleValue);
			this.cost.add(contender.name(), without.text("%.2f"), with.text("%.2f"),
					String.format(Locale.ROOT, "%.2f", with.median() - without.median()));
		}
	}

	/*
	 * Percent of a processor.
	 */
	private double busy(ServerProcess server, Reading reading) throws IOException {
		Duration before = server.figures().cpu();
		long begun = this.clock.getAsLong();
		long times = this.settings.slice().dividedBy(REFRESH);
		for (int i = 1; i <= times; i++) {
			reading.read();
			sleepUntil(begun + i * REFRESH.toNanos());
		}
		Duration used = server.figures().cpu().minus(before);
		return 100.0 * used.toNanos() / (this.clock.getAsLong() - begun);
	}

	private void sleepUntil(long nanos) throws IOException {
		try {
			TimeUnit.NANOSECONDS.sleep(nanos - this.clock.getAsLong());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private void measureCrowded(Contender contender) throws IOException {
		int connections = this.settings.connections();
		List<String> arguments = new ArrayList<>(PAGES);
		arguments.add("--support.acceptor.max-connections=" + (connections + 1000));
		arguments.add("--server.tomcat.max-connections=" + (connections + 1000));
		arguments.add("--server.tomcat.accept-count=" + connections);
		try (ServerProcess server = this.rig.start(contender, arguments,
				(cold) -> warm(new PageReader(cold, this.clock)))) {
			String threads = Gauges
				.get(server.uri("/crowd?meters=" + this.settings.meters() + "&threads=" + this.settings.threads()));
			this.rig.say("%s has %s virtual threads, up to %d meters and %d connections", contender.name(), threads,
					this.settings.meters(), connections);
			LoadPlan plan = LoadPlan.open(server.uri("/hello"), 100, Duration.ofSeconds(90)).keptAlive(connections);
			PageReader reader = new PageReader(server, this.clock);
			during(() -> this.rig.run(plan), () -> {
				awaitDescriptors(server, connections);
				for (String page : reader.pages()) {
					measureSize(reader, contender, page);
				}
			});
		}
	}

	private void awaitDescriptors(ServerProcess server, int connections) throws IOException {
		long end = this.clock.getAsLong() + Duration.ofSeconds(30).toNanos();
		while (server.figures().descriptors() < connections) {
			if (this.clock.getAsLong() > end) {
				throw new IOException("The server has " + server.figures().descriptors() + " descriptors instead of "
						+ connections + " connections");
			}
			sleepUntil(this.clock.getAsLong() + Duration.ofMillis(100).toNanos());
		}
	}

	private void measureSize(PageReader reader, Contender contender, String page) throws IOException {
		List<String> cells = new ArrayList<>(List.of(contender.name(), name(page)));
		for (String type : List.of(PageReader.JSON, PageReader.HTML)) {
			List<Answer> answers = new ArrayList<>();
			for (int i = 0; i < WARM; i++) {
				answers.add(reader.ask(page, type));
			}
			cells.add(Spread.of(answers, (answer) -> answer.nanos() / 1e6).orMore("%.0f"));
			cells.add(String.format(Locale.ROOT, "%.0f", answers.get(0).bytes() / 1024.0));
		}
		this.size.add(cells.toArray(String[]::new));
	}

	private static String name(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private static String millis(long nanos) {
		return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
	}

	private interface Load {

		LoadReport run() throws IOException;

	}

	private interface Reading {

		void read() throws IOException;

	}

	/**
	 * What is measured and for how long.
	 *
	 * @param contenders who takes part
	 * @param level the load, a multiple of the capacity
	 * @param duration how long pages are read under load
	 * @param slices how often the processor time is measured without and with an open
	 * page
	 * @param slice how long each time
	 * @param threads virtual threads of the crowd
	 * @param meters meters of the crowd
	 * @param connections connections of the crowd
	 */
	private record Settings(List<Contender> contenders, double level, Duration duration, int slices, Duration slice,
			int threads, int meters, int connections) {

		static Settings of(CommandLine options) {
			return new Settings(Contenders.of(options, "support,support-virtual"), options.number("level", 10),
					options.seconds("seconds", 20), options.integer("slices", 5), options.seconds("slice", 60),
					options.integer("threads", 200_000), options.integer("meters", 2048),
					options.integer("connections", 10_000));
		}

	}

}
