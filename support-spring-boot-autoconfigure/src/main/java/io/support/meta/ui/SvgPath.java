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

/**
 * The data of an SVG path, in as few characters as possible: whole numbers, relative to
 * each other. Gaps may be left; a point between two gaps is a dot.
 */
final class SvgPath {

	private final StringBuilder data = new StringBuilder();

	private int x;

	private int y;

	private int points;

	/**
	 * Draws a line to a point, from the point before it unless there is a gap.
	 * @param x from the left
	 * @param y from the top
	 */
	void point(int x, int y) {
		if (this.points == 0) {
			this.data.append('M').append(x).append(' ').append(y);
		}
		else {
			this.data.append((this.points == 1) ? "l" : (x < this.x) ? "" : " ").append(x - this.x);
			this.data.append((y < this.y) ? "" : " ").append(y - this.y);
		}
		this.x = x;
		this.y = y;
		this.points++;
	}

	/**
	 * Ends a line. The next point is the first of another one.
	 */
	void gap() {
		if (this.points == 1) {
			this.data.append("h0");
		}
		this.points = 0;
	}

	boolean isOpen() {
		return this.points > 0;
	}

	/**
	 * Ends a line, and what is between it and the bottom is an area.
	 * @param fromX where it began
	 * @param bottom from the top
	 */
	void close(int fromX, int bottom) {
		this.data.append('V').append(bottom).append('H').append(fromX).append('Z');
		this.points = 0;
	}

	@Override
	public String toString() {
		return this.data.toString();
	}

}
