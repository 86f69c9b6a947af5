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

package io.support.connection;

/**
 * What is known of the body of one request. A client puts it into the Reactor context of
 * the request, with this class as the key; without it, a request that has a body is taken
 * for one whose body can be sent only once.
 */
public interface BodyState {

	/**
	 * Says whether the request can be sent once more: it has no body, the body has not
	 * been asked for yet, or it is a value rather than a stream.
	 * @return whether the body can be sent from its beginning
	 */
	boolean isRepeatable();

	/**
	 * Says whether the request can be sent to several addresses at the same time: it is
	 * certain by now that it has no body, or that the body is a value. As long as nobody
	 * has asked for the body, this is not known.
	 * @return whether the body can be read by several; {@code false} unless a client
	 * knows better
	 */
	default boolean isShareable() {
		return false;
	}

	/**
	 * Says whether it was the body that failed, not the connection.
	 * @return whether the body's source has signalled an error
	 */
	boolean hasFailed();

}
