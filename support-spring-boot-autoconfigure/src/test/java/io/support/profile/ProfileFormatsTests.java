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

package io.support.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProfileFormats}: what is written can be read back.
 */
class ProfileFormatsTests {

	private final StackTreeBuilder builder = new StackTreeBuilder(1_000_000);

	@Test
	void collapsedHasALineForEachStackAndTheSameSum() {
		this.builder.add(StackTreeBuilderTests.stack("io-*", "a.B.c", "a.B.d"), 3);
		this.builder.add(StackTreeBuilderTests.stack("io-*", "a.B.c"), 1);
		this.builder.add(StackTreeBuilderTests.stack("cpu-*", "a.B.c"), 4);
		assertThat(formats().collapsed()).isEqualTo("""
				[cpu-*];a.B.c 4
				[io-*];a.B.c;a.B.d 3
				[io-*];a.B.c 1
				""");
	}

	@Test
	void hostileNamesBreakNoLine() {
		String hostile = "<script>;x\n[y] 7\r\u0000\u2028";
		List<Frame> stack = new ArrayList<>(StackTreeBuilderTests.stack(hostile, hostile + ".m"));
		this.builder.add(stack, 5);
		String collapsed = formats().collapsed();
		assertThat(collapsed.chars().filter((c) -> c == '\n').count()).isOne();
		assertThat(collapsed.strip().split(";")).hasSize(2);
		assertThat(collapsed).endsWith(" 5\n");
		assertThat(json(formats().speedscope()).at("/shared/frames/0/name").asString()).startsWith("[<script>:x");
		assertThat(json(formats().flame()).at("/names/0").asString()).isEqualTo(hostile);
	}

	@Test
	void speedscopeIsAsItsFormatSays() {
		this.builder.add(StackTreeBuilderTests.stack("io-*", "a.B.c", "a.B.d"), 3);
		this.builder.add(StackTreeBuilderTests.stack("cpu-*", "a.B.c"), 4);
		JsonNode file = json(formats().speedscope());
		assertThat(file.get("$schema").asString()).isEqualTo("https://www.speedscope.app/file-format-schema.json");
		assertThat(file.get("activeProfileIndex").asInt()).isZero();
		assertThat(file.get("profiles").size()).isOne();
		assertSampled(file, 7);
		JsonNode profile = file.at("/profiles/0");
		assertThat(profile.get("unit").asString()).isEqualTo("nanoseconds");
		assertThat(profile.get("name").asString()).isEqualTo("cpu-1");
		assertThat(profile.get("samples").get(1).valueStream().map((id) -> name(file, id)).toList())
			.containsExactly("[io-*]", "a.B.c", "a.B.d");
	}

	@Test
	void flameIsTheTreeDepthFirst() {
		this.builder.add(StackTreeBuilderTests.stack("t", "a", "b"), 3);
		this.builder.add(StackTreeBuilderTests.stack("t", "c"), 4);
		JsonNode flame = json(formats().flame());
		assertThat(flame.get("total").asInt()).isEqualTo(7);
		assertThat(flame.get("levels").toString()).isEqualTo("[0,1,1,2]");
		assertThat(flame.get("values").toString()).isEqualTo("[7,4,3,3]");
		assertThat(flame.get("frames").valueStream().map((id) -> flame.get("names").get(id.asInt()).asString()))
			.containsExactly("t", "c", "a", "b");
		assertThat(flame.get("kinds").get(0).asString()).isEqualTo("thread");
	}

	@Test
	void filesAreBoundedAndTheirSumsAreTrue() {
		long sum = 0;
		for (int i = 0; i < 3_000; i++) {
			List<Frame> stack = new ArrayList<>(StackTreeBuilderTests.stack("t"));
			stack.addAll(
					Collections.nCopies(249, new Frame("a.quite.long.packagename.Class.method", FrameKind.LIBRARY)));
			stack.add(new Frame("m" + i, FrameKind.APPLICATION));
			this.builder.add(stack, i + 1L);
			sum += i + 1L;
		}
		assertThat(3_000 * 251).isGreaterThan(ProfileFormats.MAX_FRAMES);
		JsonNode file = json(formats().speedscope());
		assertSampled(file, sum);
		JsonNode samples = file.at("/profiles/0/samples");
		assertThat(samples.size()).isLessThan(3_000);
		assertThat(name(file, samples.get(samples.size() - 1).get(0))).isEqualTo("[left out]");
		String collapsed = formats().collapsed();
		assertThat(collapsed).hasSizeLessThan(ProfileFormats.MAX_TEXT + 100_000).contains("\n[left out] ");
		assertThat(collapsedSum(collapsed)).isEqualTo(sum);
	}

	static void assertSampled(JsonNode file, long sum) {
		int frames = file.at("/shared/frames").size();
		JsonNode profile = file.at("/profiles/0");
		assertThat(file.at("/shared/frames").valueStream()).allMatch((frame) -> frame.get("name").isString());
		assertThat(profile.get("type").asString()).isEqualTo("sampled");
		assertThat(profile.get("unit").asString()).isIn("none", "nanoseconds", "bytes");
		assertThat(profile.get("startValue").asLong()).isZero();
		assertThat(profile.get("endValue").asLong()).isEqualTo(sum);
		assertThat(profile.get("samples").size()).isEqualTo(profile.get("weights").size());
		assertThat(profile.get("samples").valueStream().flatMap(JsonNode::valueStream))
			.allMatch((id) -> id.isInt() && id.asInt() >= 0 && id.asInt() < frames);
		assertThat(profile.get("weights").valueStream().mapToLong(JsonNode::asLong).sum()).isEqualTo(sum);
	}

	static long collapsedSum(String collapsed) {
		return collapsed.lines().mapToLong((line) -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1))).sum();
	}

	private static String name(JsonNode file, JsonNode frame) {
		return file.at("/shared/frames").get(frame.asInt()).get("name").asString();
	}

	private static JsonNode json(Object value) {
		return JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(value));
	}

	private ProfileFormats formats() {
		return new ProfileFormats("cpu-1", ProfileUnit.NANOS, this.builder.build());
	}

}
