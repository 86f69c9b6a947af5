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

package io.support.sample.receipt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Values one after another as bytes, each as a netstring ({@code 5:hello,}): no value can
 * be taken for two, and none for the beginning of the next. JSON would not do: the same
 * object has many forms there.
 */
final class CanonicalForm {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	CanonicalForm(String version) {
		add(version);
	}

	CanonicalForm add(Object value) {
		byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
		this.bytes.writeBytes((text.length + ":").getBytes(StandardCharsets.US_ASCII));
		this.bytes.writeBytes(text);
		this.bytes.write(',');
		return this;
	}

	/**
	 * Returns the SHA-256 of the bytes so far.
	 * @return the digest
	 */
	byte[] digest() {
		try {
			return MessageDigest.getInstance("SHA-256").digest(toBytes());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is not available", ex);
		}
	}

	byte[] toBytes() {
		return this.bytes.toByteArray();
	}

}
