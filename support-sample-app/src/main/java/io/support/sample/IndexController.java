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

package io.support.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Says what can be tried, as lines to paste into a shell.
 */
@RestController
class IndexController {

	private final String text;

	private final Environment environment;

	IndexController(@Value("classpath:index.txt") Resource text, Environment environment) throws IOException {
		this.text = text.getContentAsString(StandardCharsets.UTF_8);
		this.environment = environment;
	}

	@GetMapping(path = "/", produces = MediaType.TEXT_PLAIN_VALUE)
	Mono<String> index(ServerHttpRequest request) {
		String base = request.getURI().resolve("/").toString();
		String management = "http://localhost:" + this.environment.getProperty("local.management.port") + "/actuator";
		return Mono
			.just(this.text.replace("{app}", base.substring(0, base.length() - 1)).replace("{management}", management));
	}

}
