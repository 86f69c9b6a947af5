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

package io.support.meta.endpoint;

import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.util.MimeType;

/**
 * What a page is written as. Where several are acceptable Actuator takes the last, so a
 * browser, which accepts anything but names {@code text/html}, gets HTML; {@code *}/
 * {@code *} alone, as sent by curl, gets the default.
 */
public enum Representation implements Producible<Representation> {

	/**
	 * For programs, and for everybody who does not ask for anything.
	 */
	JSON("application/json"),

	/**
	 * For people.
	 */
	HTML("text/html;charset=UTF-8");

	private final String type;

	Representation(String type) {
		this.type = type;
	}

	@Override
	public MimeType getProducedMimeType() {
		return MimeType.valueOf(this.type);
	}

	@Override
	public boolean isDefault() {
		return this == JSON;
	}

}
