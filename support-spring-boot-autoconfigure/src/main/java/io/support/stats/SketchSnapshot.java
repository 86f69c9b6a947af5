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

package io.support.stats;

import java.util.List;

/**
 * What is known about a stream of keys at one moment.
 *
 * @param name the stream's name
 * @param total how many keys there were
 * @param distinct how many different ones, about 1 % off
 * @param top which came most often, the most frequent first, 20 at the most
 */
public record SketchSnapshot(String name, long total, long distinct, List<Element> top) {

	/**
	 * A key that came often. Not called one: what is named key is masked as a secret.
	 *
	 * @param value the key
	 * @param count how often it came, at most
	 * @param error by how much the count may be too high
	 */
	public record Element(String value, long count, long error) {

		Element plus(Element other) {
			return new Element(this.value, this.count + other.count, this.error + other.error);
		}

	}

}
