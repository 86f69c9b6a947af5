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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link HtmlWriter}.
 */
class HtmlWriterTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			<script>alert(1)</script>, &lt;script&gt;alert(1)&lt;/script&gt;
			"><img src=x>, &quot;&gt;&lt;img src=x&gt;
			' onload='x, &#39; onload=&#39;x
			&lt;, &amp;lt;
			Grüße, Grüße
			""")
	void textAndAttributesAreEscapedAlike(String text, String escaped) {
		assertThat(new HtmlWriter().leaf("p", text, "title", text).document())
			.isEqualTo("<!DOCTYPE html>\n<p title=\"" + escaped + "\">" + escaped + "</p>\n");
	}

	@ParameterizedTest
	@CsvSource({ "0", "8", "27", "127", "133", "8206", "8234", "8238", "8294", "8297" })
	void characterThatDisguisesTextIsReplaced(int character) {
		String shown = new HtmlWriter().leaf("p", "a" + (char) character + "b").document();
		assertThat(shown).isEqualTo("<!DOCTYPE html>\n<p>a\uFFFDb</p>\n");
	}

	@Test
	void longTextMayBeBrokenBetweenItsWords() {
		assertThat(new HtmlWriter().open("p").breakable("http.serverPort=<i>.a $b").close().document())
			.isEqualTo("<!DOCTYPE html>\n<p>http.<wbr>server<wbr>Port=&lt;i&gt;.a $b</p>\n");
		assertThat(new HtmlWriter().open("p").breakable("").close().document()).contains("<p></p>");
	}

	@Test
	void lineBreaksStay() {
		assertThat(new HtmlWriter().leaf("pre", "a\n\tb").document()).contains("a\n\tb");
	}

	@Test
	void attributeWithoutValueIsLeftOut() {
		assertThat(new HtmlWriter().empty("input", "class", null, "hidden", "").document())
			.contains("<input hidden=\"\">");
	}

	@Test
	void documentIsWellFormedOrNone() {
		HtmlWriter html = new HtmlWriter().open("main").open("p");
		assertThatIllegalStateException().isThrownBy(html::document).withMessageContaining("[p, main]");
		assertThat(html.close().close().document()).isEqualTo("<!DOCTYPE html>\n<main><p></p></main>\n");
	}

}
