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

package io.support.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A picture of lines in {@code docs/images} that is made from what the code does. With
 * {@code -Dsupport.docs.write=true} it is written instead of compared.
 */
public final class Chart {

	private static final Path IMAGES = Path.of("..", "docs", "images");

	private static final String[] COLORS = { "#0b6e4f", "#c1440e", "#2a5db0", "#8a6d00" };

	private static final int LEFT = 64;

	private static final int RIGHT = 700;

	private static final int TOP = 34;

	private static final int BOTTOM = 270;

	private final StringBuilder axes = new StringBuilder();

	private final StringBuilder lines = new StringBuilder();

	private final DoubleUnaryOperator x;

	private final DoubleUnaryOperator y;

	private int series;

	/**
	 * Creates a chart without lines.
	 * @param title what it shows
	 * @param horizontal the horizontal axis
	 * @param vertical the vertical axis
	 */
	public Chart(String title, Axis horizontal, Axis vertical) {
		this.x = (value) -> LEFT + (RIGHT - LEFT) * horizontal.share(value);
		this.y = (value) -> BOTTOM - (BOTTOM - TOP) * vertical.share(value);
		text(LEFT, 18, "start", "bold", title);
		for (double tick : horizontal.ticks) {
			double at = this.x.applyAsDouble(tick);
			grid(at, TOP, at, BOTTOM);
			text(at, BOTTOM + 17, "middle", "normal", trimmed(tick));
		}
		for (double tick : vertical.ticks) {
			double at = this.y.applyAsDouble(tick);
			grid(LEFT, at, RIGHT, at);
			text(LEFT - 7, at + 4, "end", "normal", trimmed(tick));
		}
		text((LEFT + RIGHT) / 2.0, BOTTOM + 36, "middle", "normal", horizontal.label);
		text(RIGHT, 18, "end", "normal", vertical.label);
	}

	/**
	 * Draws a line.
	 * @param label what it is
	 * @param points pairs of a horizontal and a vertical value
	 * @return this chart
	 */
	public Chart line(String label, double[]... points) {
		String color = COLORS[this.series];
		this.lines.append("<polyline fill=\"none\" stroke=\"").append(color).append("\" stroke-width=\"2\" points=\"");
		for (int i = 0; i < points.length; i++) {
			this.lines.append((i > 0) ? " " : "")
				.append(number(this.x.applyAsDouble(points[i][0])))
				.append(',')
				.append(number(this.y.applyAsDouble(points[i][1])));
		}
		this.lines.append("\"/>\n");
		double left = LEFT + 160.0 * this.series++;
		this.lines.append(
				"<rect x=\"%s\" y=\"318\" width=\"12\" height=\"4\" fill=\"%s\"/>\n".formatted(number(left), color));
		this.lines.append("<text x=\"%s\" y=\"324\">%s</text>\n".formatted(number(left + 17), label));
		return this;
	}

	/**
	 * Compares the chart with the picture in the documentation, or writes it.
	 * @param name the name of the file, without its ending
	 * @throws IOException if that cannot be read or written
	 */
	public void check(String name) throws IOException {
		String svg = """
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 336" font-family="sans-serif" font-size="12" fill="#333">
				<rect width="720" height="336" fill="#fff"/>
				%s%s</svg>
				"""
			.formatted(this.axes, this.lines);
		Path file = IMAGES.resolve(name + ".svg");
		if (Boolean.getBoolean("support.docs.write")) {
			Files.writeString(file, svg);
			return;
		}
		assertThat(file).exists();
		assertThat(Files.readString(file))
			.as("docs/images/%s.svg is not what the code does; to draw it again: ./mvnw -pl"
					+ " support-spring-boot-autoconfigure test -Dtest='*PageTests' -Dsupport.docs.write=true", name)
			.isEqualTo(svg);
	}

	private void grid(double x1, double y1, double x2, double y2) {
		this.axes.append("<path d=\"M%s %sL%s %s\" stroke=\"#ddd\"/>\n".formatted(number(x1), number(y1), number(x2),
				number(y2)));
	}

	private void text(double x, double y, String anchor, String weight, String text) {
		this.axes.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>\n"
			.formatted(number(x), number(y), anchor, weight, text));
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.1f", value);
	}

	private static String trimmed(double value) {
		return (value == Math.rint(value)) ? Long.toString((long) value) : Double.toString(value);
	}

	/**
	 * An axis from its first to its last tick.
	 */
	public static final class Axis {

		private final String label;

		private final boolean logarithmic;

		private final double[] ticks;

		private Axis(String label, boolean logarithmic, double... ticks) {
			this.label = label;
			this.logarithmic = logarithmic;
			this.ticks = ticks;
		}

		/**
		 * Creates an axis on which equal differences have equal lengths.
		 * @param label what it shows, with the unit
		 * @param ticks the values that are marked, in order
		 * @return the axis
		 */
		public static Axis linear(String label, double... ticks) {
			return new Axis(label, false, ticks);
		}

		/**
		 * Creates an axis on which equal ratios have equal lengths.
		 * @param label what it shows, with the unit
		 * @param ticks the values that are marked, in order
		 * @return the axis
		 */
		public static Axis logarithmic(String label, double... ticks) {
			return new Axis(label, true, ticks);
		}

		private double share(double value) {
			double first = scale(this.ticks[0]);
			double last = scale(this.ticks[this.ticks.length - 1]);
			return Math.max(0, Math.min(1, (scale(value) - first) / (last - first)));
		}

		private double scale(double value) {
			return this.logarithmic ? StrictMath.log(value) : value;
		}

	}

}
