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

package io.support.connection.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PayloadText}: what may be shown is, and no secret is.
 */
class PayloadTextTests {

	private static final String JSON = "application/json;charset=UTF-8";

	private static final String FORM = "application/x-www-form-urlencoded";

	private final PayloadText text = new PayloadText(PayloadTextTests::filter);

	private static String filter(String key, String value) {
		String lowerCase = key.toLowerCase(Locale.ROOT);
		boolean secret = lowerCase.contains("password") || lowerCase.endsWith("token");
		return secret ? SecretFilter.MASK : value;
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "proxy-authorization", "Cookie", "SET-COOKIE", "X-Api-Key",
			"X-Refresh-Token" })
	void secretHeaderIsHidden(String name) {
		assertThat(this.text.header(name, "hunter2")).isEqualTo("******");
	}

	@Test
	void secretInsideOfAHeaderIsHidden() {
		assertThat(this.text.header("Location", "https://idp/cb?state=1&access_token=hunter2&x=y"))
			.isEqualTo("https://idp/cb?state=1&access_token=******&x=y");
		assertThat(this.text.header("X-Forwarded", "Bearer hunter2hunter2")).isEqualTo("Bearer ******");
		assertThat(this.text.header("Content-Type", "text/plain")).isEqualTo("text/plain");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"user":"joe","password":"hunter2"}                | {"user":"joe","password":"******"}
			{"password" : "hunter2" , "a":[1, 2]}              | {"password" : "******" , "a":[1, 2]}
			{"password":"hun\\"ter2","b":true}                 | {"password":"******","b":true}
			{"password":4711}                                  | {"password":"******"}
			{"password":null,"b":1}                            | {"password":"******","b":1}
			{"passwords":["hunter2",{"x":"]"}],"b":1}          | {"passwords":"******","b":1}
			{"a":{"b":[{"accessToken":"hunter2"}]}}            | {"a":{"b":[{"accessToken":"******"}]}}
			{"pass\\u0077ord":"hunter2"}                       | {"pass\\u0077ord":"******"}
			{"password":"hunter2 and it is cut o               | {"password":"******"
			{"password":{"value":"hunter2 and it is            | {"password":"******"
			{"note":"the \\"password\\": is secret","b":1}     | {"note":"the \\"password\\": is secret","b":1}
			[{"a":1},{"password":"hunter2"}]                   | [{"a":1},{"password":"******"}]
			{"passwor                                          | {"passwor
			not json: at all                                   | not json: at all
			""")
	void secretMembersOfJsonAreHidden(String body, String shown) {
		assertThat(body(body, JSON)).isEqualTo(shown);
		assertThat(body("", JSON)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			user=joe&password=hunter2&x=1        | user=joe&password=******&x=1
			pass%77ord=hunter2                   | pass%77ord=******
			new+password=hunter2&b               | new+password=******&b
			a=b&access_token=hunter2             | a=b&access_token=******
			pin=4711&a=%zz                       | pin=******&a=%zz
			""")
	void secretFieldsOfFormsAreHidden(String body, String shown) {
		assertThat(body(body, FORM)).isEqualTo(shown);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			<a><user>joe</user><password>hunter2</password></a>     | <a><user>joe</user><password>******</password></a>
			<s:password><![CDATA[hunter2]]></s:password>            | <s:password>******</s:password>
			<login password="hunter2" user='joe'/>                  | <login password="******" user='joe'/>
			<input name="password" value="hunter2"/>                | <input name="password" value="******"/>
			<input name="city" value="Bonn"/>                       | <input name="city" value="Bonn"/>
			<password>hunter2 and it is cut                         | <password>******
			<a title=">" password="hunter2">                        | <a title=">" password=******
			""")
	void secretPartsOfMarkupAreHidden(String body, String shown) {
		assertThat(body(body, "application/soap+xml")).isEqualTo(shown);
	}

	@Test
	void secretsInPlainTextAreHidden() {
		assertThat(body("user: joe\r\nPassword: hunter2 and more\r\nx=1 password=hunter2 y", "text/plain"))
			.isEqualTo("user: joe\r\nPassword: ******\r\nx=1 password=****** y");
		assertThat(body("AUTH hello", null)).isEqualTo("AUTH hello");
		assertThat(body("{\"password\":\"hunter2\"}", null)).isEqualTo("{\"password\":\"******\"}");
	}

	@Test
	void whatIsNotTextIsNotShown() {
		assertThat(body("\u0000\u0001", null)).isEqualTo("(not shown: binary)");
		assertThat(body("password=hunter2", "image/png")).isEqualTo("(not shown: image/png)");
		assertThat(body("password=hunter2", "multipart/form-data; boundary=x"))
			.isEqualTo("(not shown: multipart/form-data)");
		byte[] bytes = "password=hunter2".getBytes(StandardCharsets.UTF_8);
		assertThat(this.text.body(bytes, bytes.length, JSON, "gzip")).isEqualTo("(not shown: encoded with gzip)");
		assertThat(this.text.body(bytes, bytes.length, FORM, "identity")).isEqualTo("password=******");
	}

	@Test
	void charactersAreReadInTheirCharset() {
		byte[] bytes = "gr\u00fcn".getBytes(StandardCharsets.ISO_8859_1);
		assertThat(this.text.body(bytes, bytes.length, "text/plain; charset=ISO-8859-1", null)).isEqualTo("gr\u00fcn");
	}

	private String body(String body, @Nullable String type) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return this.text.body(bytes, bytes.length, type, null);
	}

}
