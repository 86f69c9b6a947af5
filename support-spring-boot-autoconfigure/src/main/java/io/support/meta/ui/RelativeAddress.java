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

import java.util.Arrays;
import java.util.List;

/**
 * Where something is, seen from a page: the pages are read through proxies that put a
 * prefix before all paths, or another one in place of theirs.
 */
final class RelativeAddress {

	private RelativeAddress() {
	}

	/**
	 * Returns a relative address.
	 * @param index the path of the index
	 * @param depth how many parts the page's path has below it
	 * @param path the path of something on the same server
	 * @return the address
	 */
	static String of(String index, int depth, String path) {
		List<String> from = parts(index);
		List<String> to = parts(path);
		// The last part of a path is left out when an address is relative to it.
		int directories = Math.max(0, from.size() - 1);
		int common = 0;
		while (common < Math.min(directories, to.size() - 1) && from.get(common).equals(to.get(common))) {
			common++;
		}
		String up = "../".repeat(depth + directories - common);
		String down = String.join("/", to.subList(common, to.size()));
		// What begins with a word and a colon would be an address of another kind.
		return (up.isEmpty() && down.indexOf(':') >= 0) ? "./" + down : up + down;
	}

	private static List<String> parts(String path) {
		return Arrays.stream(path.split("/", -1)).filter((part) -> !part.isEmpty()).toList();
	}

}
