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

package io.support.meta;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretMask}.
 */
class SecretMaskTests {

	private final SecretMask mask = new SecretMask(SecretMask.Rule.NONE);

	@ParameterizedTest
	@ValueSource(strings = { "password", "dbPassword", "DB_PASSWORD", "passphrase", "clientSecret", "apiKey", "api-key",
			"privateKeyLocation", "accessToken", "tokens", "credentials", "credentialsFile", "Authorization",
			"Set-Cookie", "pwd" })
	void valueOfASecretKeyIsHidden(String key) {
		assertThat(this.mask.apply("a." + key, key, "hunter2")).isEqualTo(SecretMask.MASK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "name", "key", "keys", "keyCount", "monkeyBusiness", "path", "queueDepth", "state" })
	void valueOfAnyOtherKeyIsShown(String key) {
		assertThat(this.mask.apply("a." + key, key, "hunter2")).isEqualTo("hunter2");
	}

	@Test
	void numberIsHiddenOnlyWhereItIsTheSecret() {
		assertThat(this.mask.apply("password", "password", 1234L)).isEqualTo(SecretMask.MASK);
		assertThat(this.mask.apply("secretsLoaded", "secretsLoaded", 3L)).isEqualTo(3L);
		assertThat(this.mask.apply("tokens", "tokens", 3L)).isEqualTo(3L);
		assertThat(this.mask.apply("hasPassword", "hasPassword", true)).isEqualTo(true);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			https://user:hunter2@proxy.example:3128/a     | https://user:******@proxy.example:3128/a
			https://:hunter2@proxy.example                | https://:******@proxy.example
			amqp://user:hunter2@hunter2@broker/a          | amqp://user:******@broker/a
			jdbc:x://h/d?user=u&password=hunter2;ssl=true | jdbc:x://h/d?user=u&password=******;ssl=true
			refused 'apiKey': 'hunter2' at once           | refused 'apiKey': ****** at once
			{"client_secret":"hunter2","a":1}             | {"client_secret":******,"a":1}
			Authorization Bearer hunter2.hunter2          | Authorization Bearer ******
			token=hunter2                                 | token=******
			""", quoteCharacter = '`')
	void secretInsideOfATextIsHidden(String text, String shown) {
		assertThat(this.mask.apply("message", "message", text)).isEqualTo(shown);
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.1:8080", "http://host:8080/path@1", "http://host:8080?to=a@b",
			"Connection refused: host/10.0.0.1:80", "basic tasks", "PT0.1S", "2026-11-23T12:00:00Z" })
	void harmlessTextIsShownAsItIs(String text) {
		assertThat(this.mask.text(text)).isEqualTo(text);
	}

	@Test
	void ruleHidesMore() {
		SecretMask mask = new SecretMask((path, value) -> path.equals("owner.account") ? "(hidden)" : value);
		assertThat(mask.apply("owner.account", "account", "4711")).isEqualTo("(hidden)");
		assertThat(mask.apply("owner.name", "name", "4711")).isEqualTo("4711");
	}

	@Test
	void ruleThatFailsGivesNothingAway() {
		SecretMask mask = new SecretMask((path, value) -> {
			throw new IllegalStateException();
		});
		assertThat(mask.apply("name", "name", "hunter2")).isEqualTo(SecretMask.MASK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "password ", "://a:", "secret-", "token=", "bearer ", "\"'" })
	@Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void textMadeToKeepTheMaskBusyIsDoneSoon(String part) {
		String text = part.repeat(SnapshotTree.MAX_TEXT / part.length()) + " =:@";
		assertThat(this.mask.text(text)).isNotEmpty();
	}

}
