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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * States as boxes in a column, and the steps between them as arrows: to the next one
 * straight down, farther down on the right, back up on the left, each in a lane where it
 * crosses no other one. Found in a record with {@code states}, which have a {@code name},
 * and {@code steps}, which have {@code from}, {@code to} and {@code count}; a step to
 * nowhere is the end.
 *
 * @param nodes the states, and the end if there are steps to it
 * @param edges the steps
 */
record StateGraph(List<Node> nodes, List<Edge> edges) {

	/** More states than this are a table only. */
	private static final int MAX_STATES = 24;

	private static final int BOX_WIDTH = 190;

	private static final int BOX_HEIGHT = 40;

	/** From the top of a box to the top of the next one. */
	private static final int PITCH = 68;

	private static final int LANE = 50;

	private static final int MARGIN = 26;

	private static final int MAX_NAME = 24;

	private static final String END = "end";

	/**
	 * Finds the states of a record.
	 * @param map the record
	 * @return the graph, or {@code null} if these are no states
	 */
	static @Nullable StateGraph of(Map<?, ?> map) {
		if (!(map.get("states") instanceof List<?> states) || !(map.get("steps") instanceof List<?> steps)
				|| states.isEmpty() || states.size() > MAX_STATES) {
			return null;
		}
		Map<String, Node> nodes = new LinkedHashMap<>();
		for (Object element : states) {
			if (!(element instanceof Map<?, ?> state) || !(state.get("name") instanceof String name)) {
				return null;
			}
			nodes.put(name, Node.of(nodes.size(), name, state));
		}
		Node end = new Node(nodes.size(), END, "", Tone.PLAIN, true);
		List<Edge> edges = new ArrayList<>();
		boolean ends = false;
		for (Object element : steps) {
			if (!(element instanceof Map<?, ?> step) || !(step.get("count") instanceof Number count)) {
				return null;
			}
			Node from = nodes.get(String.valueOf(step.get("from")));
			Node to = (step.get("to") != null) ? nodes.get(String.valueOf(step.get("to"))) : end;
			if (from != null && to != null && from.index() != to.index()) {
				ends |= to.isEnd();
				edges.add(new Edge(from, to, count.doubleValue()));
			}
		}
		List<Node> all = new ArrayList<>(nodes.values());
		if (ends) {
			all.add(end);
		}
		return new StateGraph(all, edges);
	}

	/**
	 * Draws the graph.
	 * @param html where it is written
	 */
	void write(HtmlWriter html) {
		Lanes right = new Lanes();
		Lanes left = new Lanes();
		Map<Edge, Integer> lanes = new LinkedHashMap<>();
		this.edges.stream().sorted(Comparator.comparingInt(Edge::span)).forEach((edge) -> {
			if (!edge.isStraight()) {
				lanes.put(edge, (edge.isForward() ? right : left).take(edge.top(), edge.bottom()));
			}
		});
		int boxX = left.width();
		int width = boxX + BOX_WIDTH + right.width();
		int height = this.nodes.size() * PITCH - (PITCH - BOX_HEIGHT) + 2;
		html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", "States and steps");
		html.open("svg", "class", "graph", "role", "img", "aria-label", description(), "width", String.valueOf(width),
				"height", String.valueOf(height), "viewBox", "0 -1 " + width + ' ' + height);
		this.edges.forEach((edge) -> edge(html, edge, lanes.get(edge), boxX));
		this.nodes.forEach((node) -> node(html, node, boxX));
		html.close().close();
	}

	private String description() {
		StringBuilder text = new StringBuilder(this.nodes.size() + " states");
		this.edges.forEach((edge) -> text.append("; ").append(edge.title()));
		return text.toString();
	}

	private static void node(HtmlWriter html, Node node, int boxX) {
		int middle = boxX + BOX_WIDTH / 2;
		html.open("g", "class", ("node " + node.tone().style()).strip());
		html.open("rect", "x", String.valueOf(node.isEnd() ? middle - 30 : boxX), "y", String.valueOf(node.y()),
				"width", String.valueOf(node.isEnd() ? 60 : BOX_WIDTH), "height",
				String.valueOf(node.isEnd() ? BOX_HEIGHT - 12 : BOX_HEIGHT), "rx", node.isEnd() ? "14" : "5")
			.close();
		html.leaf("text", node.shortName(), "x", String.valueOf(middle), "y", String.valueOf(node.textY()));
		html.leaf("text", node.figures(), "x", String.valueOf(middle), "y", String.valueOf(node.y() + 32), "class",
				"figures");
		html.leaf("title", node.name() + ' ' + node.figures()).close();
	}

	private static void edge(HtmlWriter html, Edge edge, @Nullable Integer lane, int boxX) {
		html.open("g", "class", "edge");
		int fromY = edge.from().y();
		int toY = edge.to().y();
		int labelX;
		int labelY;
		String path;
		if (lane == null) {
			int x = boxX + BOX_WIDTH / 2;
			path = "M" + x + ' ' + (fromY + BOX_HEIGHT) + "V" + (toY - 2) + arrow(x, toY, 0);
			labelX = x + 8;
			labelY = (fromY + BOX_HEIGHT + toY) / 2 + 4;
		}
		else {
			int side = edge.isForward() ? 1 : -1;
			int end = edge.isForward() ? boxX + BOX_WIDTH : boxX;
			int target = edge.to().isEnd() ? boxX + BOX_WIDTH / 2 + side * 30 : end;
			int x = end + side * (MARGIN + lane * LANE);
			// Out of the lower half, into the upper one; on the way up the other way
			// round.
			int out = fromY + (edge.isForward() ? BOX_HEIGHT - 11 : 11);
			int in = toY + (edge.isForward() ? 11 : BOX_HEIGHT - 11);
			int turn = edge.isForward() ? 6 : -6;
			path = "M" + end + ' ' + out + "H" + (x - side * 6) + "q" + side * 6 + " 0 " + side * 6 + ' ' + turn + "V"
					+ (in - turn) + "q0 " + turn + ' ' + -side * 6 + ' ' + turn + "H" + (target + side * 2)
					+ arrow(target, in, side);
			labelX = x;
			labelY = (out + in) / 2 + 4;
		}
		html.open("path", "d", path, "class", edge.weight()).close();
		html.leaf("text", edge.label(), "x", String.valueOf(labelX), "y", String.valueOf(labelY), "class",
				(lane != null) ? null : "beside");
		html.leaf("title", edge.title()).close();
	}

	/* Its point is at the place given; 0 points down, 1 to the left, -1 to the right. */
	private static String arrow(int x, int y, int side) {
		if (side == 0) {
			return "M" + (x - 4) + ' ' + (y - 6) + "l4 5 4-5";
		}
		return "M" + (x + side * 6) + ' ' + (y - 4) + "l" + -side * 5 + " 4 " + side * 5 + " 4";
	}

	/**
	 * A state.
	 *
	 * @param index its place from the top
	 * @param name its name
	 * @param figures what is said about it
	 * @param tone whether to be in it is good or bad news
	 * @param isEnd whether it is no state, but the end of all
	 */
	private record Node(int index, String name, String figures, Tone tone, boolean isEnd) {

		static Node of(int index, String name, Map<?, ?> state) {
			List<String> figures = new ArrayList<>();
			double present = 0;
			if (state.get("present") instanceof Number number) {
				present = number.doubleValue();
				figures.add(Unit.amount(present) + " now");
			}
			if (state.get("meanNanos") instanceof Number mean) {
				figures.add("stays " + Unit.NANOS.say(mean.doubleValue()));
			}
			Tone tone = (present > 0) ? Tone.ofState(name) : Tone.PLAIN;
			return new Node(index, name, String.join(", ", figures), tone, false);
		}

		int y() {
			return this.index * PITCH;
		}

		int textY() {
			return y() + (this.isEnd ? 19 : this.figures.isEmpty() ? 25 : 17);
		}

		String shortName() {
			String words = this.name.replace('_', ' ').toLowerCase(Locale.ROOT);
			return (words.length() <= MAX_NAME) ? words : words.substring(0, MAX_NAME) + '\u2026';
		}

	}

	/**
	 * A step.
	 *
	 * @param from the state before
	 * @param to the state after
	 * @param count how often it was made
	 */
	private record Edge(Node from, Node to, double count) {

		boolean isForward() {
			return this.to.index() > this.from.index();
		}

		boolean isStraight() {
			return this.to.index() == this.from.index() + 1;
		}

		int top() {
			return Math.min(this.from.index(), this.to.index());
		}

		int bottom() {
			return Math.max(this.from.index(), this.to.index());
		}

		int span() {
			return bottom() - top();
		}

		/*
		 * A line for ten, a hundred and so on is a little thicker.
		 */
		String weight() {
			return "w" + Math.max(0, Math.min(3, (int) (Math.log10(Math.max(1, this.count)) / 2)));
		}

		String label() {
			double size = Math.abs(this.count);
			if (size < 1e5) {
				return Unit.amount(this.count);
			}
			return (size < 1e6) ? Math.round(this.count / 1e3) + " k"
					: (size < 1e15) ? Unit.amount(Math.rint(this.count / 1e5) / 10) + " M" : Unit.amount(this.count);
		}

		String title() {
			return this.from.name() + " to " + this.to.name() + ": " + Unit.amount(this.count);
		}

	}

	/**
	 * The lanes on one side, the nearest first.
	 */
	private static final class Lanes {

		private final List<List<int[]>> lanes = new ArrayList<>();

		int take(int top, int bottom) {
			for (int i = 0; i < this.lanes.size(); i++) {
				if (this.lanes.get(i).stream().allMatch((taken) -> bottom <= taken[0] || top >= taken[1])) {
					this.lanes.get(i).add(new int[] { top, bottom });
					return i;
				}
			}
			this.lanes.add(new ArrayList<>(List.of(new int[] { top, bottom })));
			return this.lanes.size() - 1;
		}

		int width() {
			return this.lanes.isEmpty() ? 2 : MARGIN + this.lanes.size() * LANE;
		}

	}

}
