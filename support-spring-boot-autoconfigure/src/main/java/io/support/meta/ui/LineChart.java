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

package io.support.meta.ui;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Draws lines over time as SVG. Paths are stretched to the width there is; texts are not,
 * since they are outside of what is stretched and placed by percentages. Its height is
 * always the same, so that nothing moves when it is drawn again.
 */
final class LineChart {

	/** The drawing's own width, in which a point has its place. */
	static final int WIDTH = 600;

	static final int HEIGHT = 96;

	/** Room for half a line above the drawing. */
	static final int TOP = 6;

	private static final int BASELINE = TOP + HEIGHT + 14;

	private static final DateTimeFormatter SECONDS = formatter("HH:mm:ss");

	private static final DateTimeFormatter MINUTES = formatter("HH:mm");

	private static final DateTimeFormatter DAYS = formatter("MM-dd HH:mm");

	private LineChart() {
	}

	private static DateTimeFormatter formatter(String pattern) {
		return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
	}

	/**
	 * Draws a chart.
	 * @param html where it is written
	 * @param title what it shows
	 * @param plot the lines
	 */
	static void write(HtmlWriter html, String title, TimePlot plot) {
		double max = plot.max();
		double min = plot.min();
		Measure measure = plot.measure();
		Axis axis = Axis.linear((min < 0) ? -measure.roundUp(-min) : 0,
				(max > 0 || min == 0) ? measure.roundUp(max) : 0);
		html.open("figure", "class", "chart");
		legend(html, plot);
		html.open("svg", "role", "img", "class", "plot", "aria-label", description(title, plot));
		frame(html);
		html.open("svg", "y", String.valueOf(TOP), "width", "100%", "height", String.valueOf(HEIGHT), "viewBox",
				"0 0 " + WIDTH + ' ' + HEIGHT, "preserveAspectRatio", "none", "aria-hidden", "true");
		Axis time = Axis.linear((double) plot.from(), (double) plot.to());
		List<TimePlot.Line> lines = plot.lines();
		if (min >= 0) {
			html.open("path", "class", "area c0", "d", path(lines.get(0), time, axis, true)).close();
		}
		// The first is the most important one: it is drawn last.
		for (int i = lines.size() - 1; i >= 0; i--) {
			html.open("path", "class", "line c" + i, "d", path(lines.get(i), time, axis, false)).close();
		}
		html.close();
		scale(html, measure, axis);
		times(html, plot);
		html.close().close();
	}

	private static void legend(HtmlWriter html, TimePlot plot) {
		html.open("figcaption");
		for (int i = 0; i < plot.lines().size(); i++) {
			TimePlot.Line line = plot.lines().get(i);
			html.open("span", "class", "key c" + i).text(Humanizer.label(line.name()) + ' ');
			html.leaf("b", Double.isFinite(line.last()) ? plot.measure().say(line.last()) : "\u2013").close();
		}
		html.close();
	}

	private static String description(String title, TimePlot plot) {
		Measure measure = plot.measure();
		String lines = plot.lines()
			.stream()
			.map((line) -> Humanizer.label(line.name()) + ' ' + measure.say(line.min()) + " to "
					+ measure.say(line.max()))
			.collect(Collectors.joining(", "));
		return title + " from " + time(plot, plot.from()) + " to " + time(plot, plot.to()) + " UTC: " + lines;
	}

	/**
	 * Draws the lines that show where half and all of the scale are.
	 * @param html where they are written
	 */
	static void frame(HtmlWriter html) {
		for (int y : new int[] { TOP, TOP + HEIGHT / 2, TOP + HEIGHT }) {
			html.open("line", "class", "grid", "x2", "100%", "y1", String.valueOf(y), "y2", String.valueOf(y)).close();
		}
	}

	private static void scale(HtmlWriter html, Measure measure, Axis axis) {
		html.leaf("text", measure.say(axis.to()), "y", String.valueOf(TOP + 11));
		html.leaf("text", measure.say(axis.middle()), "y", String.valueOf(TOP + HEIGHT / 2 + 11));
		if (axis.from() < 0) {
			html.leaf("text", measure.say(axis.from()), "y", String.valueOf(TOP + HEIGHT - 3));
		}
	}

	private static void times(HtmlWriter html, TimePlot plot) {
		String y = String.valueOf(BASELINE);
		if (plot.from() == plot.to()) {
			html.leaf("text", time(plot, plot.from()), "x", "50%", "y", y, "class", "middle");
			return;
		}
		html.leaf("text", time(plot, plot.from()), "y", y);
		html.leaf("text", time(plot, plot.from() / 2 + plot.to() / 2), "x", "50%", "y", y, "class", "middle");
		html.leaf("text", time(plot, plot.to()), "x", "100%", "y", y, "class", "end");
	}

	private static String time(TimePlot plot, long millis) {
		long length = plot.to() - plot.from();
		DateTimeFormatter formatter = (length < TimeUnit.MINUTES.toMillis(30)) ? SECONDS
				: (length < TimeUnit.HOURS.toMillis(24)) ? MINUTES : DAYS;
		return formatter.format(Instant.ofEpochMilli(millis));
	}

	/*
	 * Of points that come to lie above each other the farthest is drawn.
	 */
	private static String path(TimePlot.Line line, Axis time, Axis axis, boolean area) {
		SvgPath path = new SvgPath();
		int begun = 0;
		int x = -1;
		double farthest = Double.NaN;
		for (TimePlot.Point point : line.points()) {
			int at = (int) Math.round(time.place((double) point.millis()) * WIDTH);
			if (at != x) {
				begun = add(path, x, farthest, axis, begun, area);
				x = at;
				farthest = Double.NaN;
			}
			if (point.isNumber() && !(Math.abs(point.value()) <= Math.abs(farthest))) {
				farthest = point.value();
			}
		}
		begun = add(path, x, farthest, axis, begun, area);
		end(path, begun, area);
		return path.toString();
	}

	private static int add(SvgPath path, int x, double value, Axis axis, int begun, boolean area) {
		if (x < 0) {
			return begun;
		}
		if (Double.isNaN(value)) {
			end(path, begun, area);
			return begun;
		}
		int start = path.isOpen() ? begun : x;
		path.point(x, HEIGHT - (int) Math.round(axis.place(value) * HEIGHT));
		return start;
	}

	private static void end(SvgPath path, int begun, boolean area) {
		if (area && path.isOpen()) {
			path.close(begun, HEIGHT);
		}
		else {
			path.gap();
		}
	}

}
